'use client'

import { useEffect, useState } from 'react'
import { onFirstToast, toasterModule } from './toast.ts'
import { useLate } from './use-late.ts'

/** Shows what `toast` says, from the first time that it says something. */
export function LateToaster() {
  const [isWanted, setWanted] = useState(false)
  const module = useLate(toasterModule, isWanted)
  useEffect(() => onFirstToast(() => setWanted(true)), [])
  return module ? <module.Toaster /> : null
}
