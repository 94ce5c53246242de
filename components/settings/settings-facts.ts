import type { ActionResult } from '../action-result.ts'
import type { RoleName } from '../members/roles.ts'

export interface OrganizationDraft {
  name: string
  timeZone: string
  locale: string
  pauseOnAnomaly: boolean
  mailAlerts: boolean
}

export interface ManagementKeyFacts {
  id: string
  name: string
  /** The last four characters of the secret. */
  hint: string
  role: RoleName
  /** ISO 8601. */
  createdAt: string
  /** Whether who looks may revoke it. */
  mayBeRevoked: boolean
}

export interface ManagementKeyDraft {
  name: string
  role: RoleName
}

export type ChangeOrganization = (
  draft: Partial<OrganizationDraft & { requiresSecondFactor: boolean }>,
) => Promise<ActionResult<null>>

/** The server's part; already bound to the organization. */
export interface ManagementKeyActions {
  create: (draft: ManagementKeyDraft) => Promise<ActionResult<{ secret: string }>>
  revoke: (id: string) => Promise<ActionResult<null>>
}
