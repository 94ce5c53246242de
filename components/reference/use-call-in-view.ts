'use client'

import { useEffect, useState } from 'react'

/** Which of these calls stands where one reads, in the upper part of the window; null: none. */
export function useCallInView(ids: readonly string[]): string | null {
  const [seen, setSeen] = useState<string | null>(null)
  const asked = ids.join(' ')
  useEffect(() => {
    const observer = new IntersectionObserver(
      (entries) => {
        const entry = entries.find(({ isIntersecting }) => isIntersecting)
        if (entry) setSeen(entry.target.id)
      },
      { rootMargin: '-15% 0px -80% 0px' },
    )
    for (const id of asked.split(' ')) {
      const section = id && document.getElementById(id)
      if (section) observer.observe(section)
    }
    return () => observer.disconnect()
  }, [asked])
  return seen !== null && ids.includes(seen) ? seen : null
}
