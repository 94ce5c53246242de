import { z } from 'zod'
import { recordAudit } from '../audit/record-audit.ts'
import { authorize, type Member } from '../auth/member.ts'
import { nameSchema } from '../core/fields.ts'
import { newId } from '../core/ids.ts'
import { parseInput } from '../core/parse-input.ts'
import { inTenant } from '../db/in-tenant.ts'
import { environment } from '../environment.ts'
import { refuseHigherRole, rolesFromHighest } from '../members/refuse-higher-role.ts'
import { hashSecret } from '../secrets/hash-secret.ts'
import { hintOf, newSecret } from '../secrets/new-secret.ts'
import { type ManagementKeyView, viewOfManagementKey } from './management-key-view.ts'

const schema = z.strictObject({ name: nameSchema, role: z.enum(rolesFromHighest) })

export type CreateManagementKeyInput = z.input<typeof schema>

export interface NewManagementKey extends ManagementKeyView {
  /** Shown here and never again. */
  secret: string
}

/** A key for the management API, with a role that its maker has at least. */
export async function createManagementKey(member: Member, input: CreateManagementKeyInput): Promise<NewManagementKey> {
  authorize(member, 'management_keys.change')
  const { name, role } = parseInput(schema, input)
  refuseHigherRole(member, role)
  const { organizationId, userId } = member
  const secret = newSecret('mk-stp-')
  return inTenant(organizationId, async (tx) => {
    const row = await tx.managementKey.create({
      data: {
        id: newId(),
        organizationId,
        name,
        role,
        secretHash: new Uint8Array(hashSecret(secret, environment().STIPEND_SECRET)),
        secretHint: hintOf(secret),
        createdBy: userId,
      },
    })
    const view = viewOfManagementKey(row)
    await recordAudit(tx, member, { action: 'management_key.create', targetId: row.id, target: name, after: view })
    return { ...view, secret }
  })
}
