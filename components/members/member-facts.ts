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

/** A member who has not come in, and the link with which they may. */
export interface InvitationFacts {
  /** The member's. */
  id: string
  name: string
  email: string
  role: RoleName
  /** ISO 8601. */
  expiresAt: string
  isExpired: boolean
  /** ISO 8601; null: handed over as a link. */
  mailedAt: string | null
  mayBeChanged: boolean
}

export interface MemberDraft {
  /** May be empty. */
  name: string
  email: string
  role: RoleName
}

export interface ShownAccessLink {
  url: string
  /** ISO 8601. */
  expiresAt: string
}

export interface ShownInvitation {
  mailed: boolean
  /** To hand over where no mail went out; null too for whom an account of their own lets in. */
  link: ShownAccessLink | null
}

/** The server's part; already bound to the organization. */
export interface MemberActions {
  invite: (draft: MemberDraft) => Promise<ActionResult<ShownInvitation & { name: string }>>
  /** Ends the link before. */
  resend: (id: string) => Promise<ActionResult<ShownInvitation>>
  revoke: (id: string) => Promise<ActionResult<null>>
  change: (id: string, role: RoleName) => Promise<ActionResult<null>>
  reinstate: (id: string) => Promise<ActionResult<null>>
  createLink: (id: string) => Promise<ActionResult<ShownAccessLink>>
  /** Answers how many there were. */
  clearFactors: (id: string) => Promise<ActionResult<number>>
  /** Answers how many were open. */
  revokeLinks: (id: string) => Promise<ActionResult<number>>
}
