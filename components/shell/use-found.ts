'use client'

import { useEffect, useState } from 'react'

export interface Found {
  kind: 'key' | 'project' | 'member' | 'model' | 'request'
  id: string
  name: string
  detail: string | null
}

/** Long enough not to ask at every letter, short enough not to be felt. */
const settleMs = 150

/** What the organization has by this name; the last answer stays until the next has come. */
export function useFound(searchHref: string | null, query: string): readonly Found[] {
  const [found, setFound] = useState<readonly Found[]>([])
  const text = query.trim()
  useEffect(() => {
    if (!searchHref || !text) return setFound([])
    const asking = new AbortController()
    const timer = setTimeout(async () => {
      try {
        const answer = await fetch(`${searchHref}?q=${encodeURIComponent(text)}`, { signal: asking.signal })
        if (answer.ok) setFound((await answer.json()).hits)
      } catch {
        // Left or offline: pages and actions can still be found.
      }
    }, settleMs)
    return () => {
      clearTimeout(timer)
      asking.abort()
    }
  }, [searchHref, text])
  return found
}
