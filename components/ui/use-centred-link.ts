'use client'

import { useEffect, useRef } from 'react'

/** For a row of links that scrolls: it shows the one with this address. The page itself stays where it is. */
export function useCentredLink(href: string) {
  const list = useRef<HTMLUListElement>(null)
  useEffect(() => {
    const row = list.current
    const link = row?.querySelector<HTMLElement>(`a[href="${href}"]`)
    if (row && link) row.scrollLeft = link.offsetLeft - (row.clientWidth - link.offsetWidth) / 2
  }, [href])
  return list
}
