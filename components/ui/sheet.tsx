'use client'

import { dialogParts } from './dialog.tsx'
import type { SheetContentProps } from './dialog-parts.tsx'

export { Dialog as Sheet } from './dialog.tsx'

/** A drawer for the details of a row, beside the list that it came from. Inside of a `Sheet`. */
export function SheetContent(props: SheetContentProps) {
  const parts = dialogParts.now
  return parts ? <parts.SheetContent {...props} /> : null
}
