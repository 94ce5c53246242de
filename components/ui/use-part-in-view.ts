'use client'

import { useEffect, useState } from 'react'

/** Where one reads: the upper part of the window. */
const readingRatio = 0.3

/**
 * Which of these parts of the page stands where one reads, by its id; null: none yet. A window that cannot scroll on
 * shows parts that cannot come up so far: at the page's end it is the one that the address names, if it is to be seen,
 * or else the last, and at its start the one that is named or else the first.
 */
export function usePartInView(ids: readonly string[]): string | null {
  const [seen, setSeen] = useState<string | null>(null)
  const asked = ids.join(' ')
  useEffect(() => {
    const look = () => setSeen(partInView(asked.split(' ')))
    look()
    window.addEventListener('scroll', look, { passive: true })
    window.addEventListener('resize', look)
    window.addEventListener('hashchange', look)
    return () => {
      window.removeEventListener('scroll', look)
      window.removeEventListener('resize', look)
      window.removeEventListener('hashchange', look)
    }
  }, [asked])
  return seen !== null && ids.includes(seen) ? seen : null
}

function partInView(ids: readonly string[]): string | null {
  const { innerHeight, scrollY, location } = window
  const tops = ids.flatMap((id) => {
    const part = id && document.getElementById(id)
    return part ? [{ id, top: part.getBoundingClientRect().top }] : []
  })
  const isRead = ({ top }: { top: number }) => top <= innerHeight * readingRatio
  const isSeen = ({ top }: { top: number }) => top < innerHeight
  const named = tops.find((part) => `#${part.id}` === location.hash && part.top >= 0 && isSeen(part))
  if (scrollY <= 0) return (named ?? tops.find(isRead))?.id ?? null
  const isAtEnd = innerHeight + scrollY >= document.documentElement.scrollHeight - 2
  if (isAtEnd) return (named ?? tops.findLast(isSeen))?.id ?? null
  return tops.findLast(isRead)?.id ?? null
}
