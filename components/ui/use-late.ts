'use client'

import { useEffect, useState } from 'react'
import type { Late } from './late.ts'

const retryMs = 2_000

/** The module as soon as it is wanted and here; once shown it stays, so that what closes can be seen to. */
export function useLate<Module>(one: Late<Module>, isWanted: boolean): Module | null {
  const [shown, setShown] = useState<Module | null>(null)
  // What is here already is shown in the same moment, not one later.
  if (isWanted && !shown && one.now) setShown(one.now)
  useEffect(() => {
    if (!isWanted) return
    let isLeft = false
    let timer: ReturnType<typeof setTimeout> | undefined
    const load = () => {
      one.load().then(
        (module) => {
          if (!isLeft) setShown(module)
        },
        // It may be all that shows what is shown once: as long as it is wanted, it is asked for.
        () => {
          if (!isLeft) timer = setTimeout(load, retryMs)
        },
      )
    }
    load()
    return () => {
      isLeft = true
      clearTimeout(timer)
    }
  }, [one, isWanted])
  return shown
}
