'use client'

import { createContext, useContext } from 'react'

/** What a control inside a `Field` takes from it. */
export interface FieldControl {
  id: string
  labelId: string
  describedBy: string | undefined
  invalid: boolean
  required: boolean
}

export const FieldContext = createContext<FieldControl | null>(null)

/** Null outside of a `Field`; then the control needs a label of its own. */
export function useField(): FieldControl | null {
  return useContext(FieldContext)
}
