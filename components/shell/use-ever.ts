import { useState } from 'react'

/** Whether `value` is true or ever was: what was once shown stays, so that it can leave in its own time. */
export function useEver(value: boolean): boolean {
  const [ever, setEver] = useState(value)
  if (value && !ever) setEver(true)
  return ever || value
}
