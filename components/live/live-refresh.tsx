'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useRef, useState, useTransition } from 'react'
import { watchLive } from './watch-live.ts'

/** While news does not stop, a page is read anew this often, and never more than a fifth of the time. */
const leastGapMs = 2_000
const gapPerTaken = 4

interface LiveRefreshProps {
  /** By the name in its URL. */
  organization: string
  /** `money`: what requests cost and people change. `health`: how upstreams fare and people change. */
  about?: 'money' | 'health'
}

/** Has the server make the page anew when something happened that it shows. */
export function LiveRefresh({ organization, about = 'money' }: LiveRefreshProps) {
  const router = useRouter()
  const [refreshing, start] = useTransition()
  const [isDue, setDue] = useState(false)
  const begunAtMs = useRef(0)
  const nextAtMs = useRef(0)
  useEffect(
    () =>
      watchLive(organization, (event) => {
        const isOurs =
          event.topic !== 'note' || event.changes || (about === 'health' ? event.health : event.requests !== undefined)
        if (isOurs) setDue(true)
      }),
    [organization, about],
  )
  useEffect(() => {
    if (refreshing) return
    const now = performance.now()
    if (begunAtMs.current > 0) {
      nextAtMs.current = now + Math.max(leastGapMs, gapPerTaken * (now - begunAtMs.current))
      begunAtMs.current = 0
    }
    if (!isDue) return
    const timer = setTimeout(() => {
      begunAtMs.current = performance.now()
      setDue(false)
      start(() => router.refresh())
    }, nextAtMs.current - now)
    return () => clearTimeout(timer)
  }, [isDue, refreshing, router])
  return null
}
