'use client'

import { useRouter } from 'next/navigation'
import { useEffect } from 'react'

/** Often while somebody has just come or come back, to see a first call arrive; calmer once the page only stands open. */
const eagerMs = 1_500
const calmMs = 10_000
const eagerForMs = 5 * 60_000

/** Keeps the page of the server fresh while its tab is looked at. */
export function LiveRefresh() {
  const router = useRouter()
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let eagerUntilMs = performance.now() + eagerForMs
    const schedule = () => {
      clearTimeout(timer)
      if (document.hidden) return
      const waitMs = performance.now() < eagerUntilMs ? eagerMs : calmMs
      timer = setTimeout(() => {
        router.refresh()
        schedule()
      }, waitMs)
    }
    const onVisibility = () => {
      if (!document.hidden) {
        eagerUntilMs = performance.now() + eagerForMs
        router.refresh()
      }
      schedule()
    }
    schedule()
    document.addEventListener('visibilitychange', onVisibility)
    return () => {
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', onVisibility)
    }
  }, [router])
  return null
}
