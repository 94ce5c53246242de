import type { Role } from '../auth/member.ts'
import type { ManagementKey } from '../db/generated/client.ts'

export interface ManagementKeyView {
  id: string
  name: string
  /** The last four characters of the secret. */
  hint: string
  role: Role
  createdAt: Date
  revokedAt: Date | null
}

export function viewOfManagementKey(row: ManagementKey): ManagementKeyView {
  const { id, name, secretHint: hint, role, createdAt, revokedAt } = row
  return { id, name, hint, role, createdAt, revokedAt }
}
