import { recordAudit } from '../audit/record-audit.ts'
import type { Member } from '../auth/member.ts'
import type { Cap } from '../budgets/budget-fields.ts'
import { replaceCaps } from '../budgets/replace-caps.ts'
import { newId } from '../core/ids.ts'
import type { Prisma } from '../db/generated/client.ts'
import type { Transaction } from '../db/in-tenant.ts'
import { environment } from '../environment.ts'
import { hashSecret } from '../secrets/hash-secret.ts'
import { hintOf } from '../secrets/new-secret.ts'
import { holdProject } from './hold-project.ts'
import type { KeyView } from './key-view.ts'
import { resolveAllowedModels } from './resolve-allowed-models.ts'
import { viewKey } from './view-key.ts'

type Set = 'id' | 'organizationId' | 'projectId' | 'membershipId' | 'secretHash' | 'secretHint' | 'createdBy'

export interface KeyToInsert {
  projectId: string
  membershipId: string | null
  /** Null: all that the project allows. */
  models: string[] | null
  budgets: Cap[]
  fields: Omit<Prisma.KeyUncheckedCreateInput, Set>
  secret: string
}

/** A new key with its caps, as part of a larger change; the caller has authorised. */
export async function insertKey(tx: Transaction, member: Member, key: KeyToInsert): Promise<KeyView> {
  const { organizationId } = member
  const id = newId()
  const project = await holdProject(tx, organizationId, key.projectId)
  await tx.key.create({
    data: {
      ...key.fields,
      ...(await resolveAllowedModels(tx, organizationId, project, key.models)),
      id,
      organizationId,
      projectId: project.id,
      membershipId: key.membershipId,
      secretHash: new Uint8Array(hashSecret(key.secret, environment().STIPEND_SECRET)),
      secretHint: hintOf(key.secret),
      createdBy: member.userId,
    },
  })
  await replaceCaps(tx, member, 'key', id, key.budgets)
  const view = await viewKey(tx, organizationId, id)
  await recordAudit(tx, member, { action: 'key.create', targetId: id, target: view.name, after: view })
  return view
}
