'use client'

import { usePathname, useSearchParams } from 'next/navigation'

/**
 * One search parameter as state: what is open on a page, so that it can be linked to and "back" closes it. Changing it
 * asks nothing of the server.
 */
export function useSearchParam(name: string): [value: string | null, change: (value: string | null) => void] {
  const pathname = usePathname()
  const search = useSearchParams()
  const change = (value: string | null) => {
    const next = new URLSearchParams(search)
    if (value === null) next.delete(name)
    else next.set(name, value)
    window.history.pushState(null, '', next.size ? `${pathname}?${next}` : pathname)
  }
  return [search.get(name), change]
}
