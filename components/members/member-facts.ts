import type { ActionResult } from '../action-result.ts'
import type { RoleName } from './roles.ts'

export interface MemberFacts {
  id: string
  name: string
  email: string
  role: RoleName
  /** Own keys that are not revoked. */
  keyCount: number
  /** ISO 8601. */
  since: string
  isYou: boolean
  /** Whether who looks may change the role or remove. */
  mayBeChanged: boolean
}

export interface MemberDraft {
  name: string
  email: string
  role: RoleName
}

/** The server's part; already bound to the organization. */
export interface MemberActions {
  add: (draft: MemberDraft) => Promise<ActionResult<null>>
  change: (id: string, role: RoleName) => Promise<ActionResult<null>>
  remove: (id: string) => Promise<ActionResult<null>>
}
