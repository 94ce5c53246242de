import type { ActionResult } from '../action-result.ts'

/** The server's part; already bound to the organization. */
export interface KeyActions {
  pause: (id: string) => Promise<ActionResult<null>>
  resume: (id: string) => Promise<ActionResult<null>>
  revoke: (id: string) => Promise<ActionResult<null>>
}
