'use client'

import { useState } from 'react'
import type { ComboboxPopover } from './combobox-popover.tsx'
import { fetchQuietly, late } from './late.ts'
import { useLate } from './use-late.ts'

const popoverModule = late(() => import('./combobox-popover.tsx'))

interface ComboboxState {
  open: boolean
  setOpen: (open: boolean) => void
  /** Null until it is first opened. */
  Popover: typeof ComboboxPopover | null
  /** For its button until then. */
  closed: { onPointerEnter: () => void; onFocus: () => void; onClick: () => void }
}

export function useComboboxPopover(): ComboboxState {
  const [open, setOpen] = useState(false)
  const module = useLate(popoverModule, open)
  const expect = () => fetchQuietly(popoverModule)
  return {
    open,
    setOpen,
    Popover: module?.ComboboxPopover ?? null,
    closed: { onPointerEnter: expect, onFocus: expect, onClick: () => setOpen(true) },
  }
}
