'use client'

import type { ComponentType } from 'react'
import { dialogParts } from './dialog.tsx'
import { fetchQuietly, late } from './late.ts'
import { useLate } from './use-late.ts'

/**
 * A dialog with all that is in it, which comes with the first sign of somebody being there, or when it is opened: when it
 * is mounted, or where it is mounted before, when `isOpen` or `open` is true, or what `isOpened` says of its properties.
 */
export function lateDialog<Props extends object>(
  fetchDialog: () => Promise<ComponentType<Props>>,
  isOpened: (props: Props) => boolean = isNamedOpen,
) {
  // A component is a function, and would be called by what keeps it.
  const own = late(async () => {
    fetchQuietly(dialogParts)
    return { Dialog: await fetchDialog() }
  })
  function LateDialog(props: Props) {
    const module = useLate(own, isOpened(props))
    return module ? <module.Dialog {...props} /> : null
  }
  /** Fails when it cannot be had. */
  const fetch = () => Promise.all([own.load(), dialogParts.load()])
  return Object.assign(LateDialog, { fetch })
}

function isNamedOpen(props: { isOpen?: boolean; open?: boolean }): boolean {
  return props.isOpen ?? props.open ?? true
}
