'use client'

import { useEffect } from 'react'
import { wake } from './late.ts'

const acts = ['pointermove', 'pointerdown', 'touchstart', 'keydown'] as const

/** Notices that somebody is there. */
export function Waker() {
  useEffect(() => {
    const notice = (event: Event) => {
      // A browser says so, too, when the page moves below a pointer that rests.
      if (event.type === 'pointermove' && !(event as PointerEvent).movementX && !(event as PointerEvent).movementY)
        return
      leave()
      wake()
    }
    const leave = () => {
      for (const act of acts) window.removeEventListener(act, notice, { capture: true })
    }
    for (const act of acts) window.addEventListener(act, notice, { capture: true, passive: true })
    return leave
  }, [])
  return null
}
