'use client'

import dynamic from 'next/dynamic'
import { useEffect, useState } from 'react'
import { onFirstToast } from './toast.ts'

const Toaster = dynamic(async () => (await import('./toaster.tsx')).Toaster, { ssr: false })

/** With these an action begins that may have something to say, also that the line has gone: too late to fetch it then. */
const acts = ['pointerdown', 'keydown'] as const

/** Mounted once by `Providers`: brings the toaster as soon as somebody does something. */
export function LateToaster() {
  const [wanted, setWanted] = useState(false)
  useEffect(() => {
    const bring = () => setWanted(true)
    onFirstToast(bring)
    for (const act of acts) window.addEventListener(act, bring, { once: true, capture: true, passive: true })
    return () => {
      for (const act of acts) window.removeEventListener(act, bring, { capture: true })
    }
  }, [])
  return wanted ? <Toaster /> : null
}
