import type { ActionResult } from '../action-result.ts'
import type { RoleName } from './roles.ts'

export interface MemberFacts {
  id: string
  name: string
  email: string
  role: RoleName
  /** Own keys that are not revoked. */
  keyCount: number
  /** Whether the person has come in and set a password. */
  canSignIn: boolean
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

export interface ShownAccessLink {
  url: string
  /** ISO 8601. */
  expiresAt: string
}

/** The server's part; already bound to the organization. */
export interface MemberActions {
  /** Answers the link by which the person comes in; null for whom an account of their own lets in. */
  add: (draft: MemberDraft) => Promise<ActionResult<ShownAccessLink | null>>
  change: (id: string, role: RoleName) => Promise<ActionResult<null>>
  remove: (id: string) => Promise<ActionResult<null>>
  createLink: (id: string) => Promise<ActionResult<ShownAccessLink>>
  /** Answers how many were open. */
  revokeLinks: (id: string) => Promise<ActionResult<number>>
}
