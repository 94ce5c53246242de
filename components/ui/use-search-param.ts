'use client'

import { useSearchParams } from 'next/navigation'
import { useSyncExternalStore } from 'react'

/**
 * One search parameter as state: what is open on a page, so that it can be linked to and "back" closes it. Changing it
 * asks nothing of the server, and shows at once even while the page is being refreshed.
 */
export function useSearchParam(name: string): [value: string | null, change: (value: string | null) => void] {
  // Also re-renders when a link within the page changes the address.
  const search = useSearchParams()
  const value = useSyncExternalStore(
    subscribe,
    () => new URLSearchParams(window.location.search).get(name),
    () => search.get(name),
  )
  const change = (next: string | null) => {
    const url = new URL(window.location.href)
    if (next === null) url.searchParams.delete(name)
    else url.searchParams.set(name, next)
    window.history.pushState(null, '', url)
    for (const listener of listeners) listener()
  }
  return [value, change]
}

const listeners = new Set<() => void>()

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  window.addEventListener('popstate', listener)
  return () => {
    listeners.delete(listener)
    window.removeEventListener('popstate', listener)
  }
}
