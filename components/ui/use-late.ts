'use client'

import { useEffect, useState } from 'react'
import { insist, type Late } from './late.ts'

/** The module as soon as it is wanted and here; once shown it stays, so that what closes can be seen to. */
export function useLate<Module>(one: Late<Module>, isWanted: boolean): Module | null {
  const [shown, setShown] = useState<Module | null>(null)
  // What is here already is shown in the same moment, not one later.
  if (isWanted && !shown && one.now) setShown(one.now)
  useEffect(() => {
    if (!isWanted) return
    const left = new AbortController()
    insist(one, left.signal).then((module) => {
      if (module && !left.signal.aborted) setShown(module)
    })
    return () => left.abort()
  }, [one, isWanted])
  return shown
}
