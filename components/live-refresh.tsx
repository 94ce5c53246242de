'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useRef, useState, useTransition } from 'react'

/** Often while somebody has just come or come back, to see a call arrive; calmer once the page only stands open. */
const eagerMs = 1_000
const calmMs = 10_000
const eagerForMs = 5 * 60_000

/** Keeps the page of the server fresh while its tab is looked at; the next look waits for the last to be answered. */
export function LiveRefresh() {
  const router = useRouter()
  const [refreshing, start] = useTransition()
  const [hidden, setHidden] = useState(false)
  const eagerUntilMs = useRef<number>(undefined)
  useEffect(() => {
    const look = () => {
      setHidden(document.hidden)
      if (!document.hidden) eagerUntilMs.current = performance.now() + eagerForMs
    }
    look()
    document.addEventListener('visibilitychange', look)
    window.addEventListener('focus', look)
    return () => {
      document.removeEventListener('visibilitychange', look)
      window.removeEventListener('focus', look)
    }
  }, [])
  useEffect(() => {
    if (hidden || refreshing) return
    const isEager = performance.now() < (eagerUntilMs.current ?? 0)
    const timer = setTimeout(() => start(() => router.refresh()), isEager ? eagerMs : calmMs)
    return () => clearTimeout(timer)
  }, [hidden, refreshing, router])
  return null
}
