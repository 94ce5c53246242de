'use client'

import { useEffect, useState } from 'react'

/** Where one reads: the upper part of the window. */
const readingRatio = 0.3

/**
 * Which of these parts of the page stands where one reads, by its id; null: none yet. At the page's end the last ones
 * cannot come up so far: there it is the one that the address names, if it is to be seen, or else the last.
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
  const isAtEnd = scrollY > 0 && innerHeight + scrollY >= document.documentElement.scrollHeight - 2
  if (isAtEnd) {
    const named = tops.find(({ id, top }) => `#${id}` === location.hash && top >= 0 && top < innerHeight)
    return named?.id ?? tops.findLast(({ top }) => top < innerHeight)?.id ?? null
  }
  return tops.findLast(({ top }) => top <= innerHeight * readingRatio)?.id ?? null
}
