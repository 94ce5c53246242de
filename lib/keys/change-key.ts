import { z } from 'zod'
import { recordAudit } from '../audit/record-audit.ts'
import { authorize, type Member } from '../auth/member.ts'
import { holdReservations } from '../budgets/hold-reservations.ts'
import { replaceCaps } from '../budgets/replace-caps.ts'
import { parseInput } from '../core/parse-input.ts'
import { inTenant } from '../db/in-tenant.ts'
import { getUsableKeyRow } from './get-usable-key-row.ts'
import { holdProject } from './hold-project.ts'
import { keyFields } from './key-fields.ts'
import type { KeyView } from './key-view.ts'
import { resolveAllowedModels } from './resolve-allowed-models.ts'
import { resolveMemberEmail } from './resolve-member-email.ts'
import { viewKey } from './view-key.ts'

/** Lists are whole: `models`, `budgets`, `tags` as they shall be from now on. */
const schema = z.strictObject(keyFields).partial()

export type ChangeKeyInput = z.input<typeof schema>

export async function changeKey(member: Member, id: string, input: ChangeKeyInput): Promise<KeyView> {
  authorize(member, 'keys.change')
  const { projectId, memberEmail, models, budgets, ...fields } = parseInput(schema, input)
  if (budgets) authorize(member, 'budgets.change')
  const { organizationId } = member
  return inTenant(organizationId, async (tx) => {
    const row = await getUsableKeyRow(tx, organizationId, id)
    const before = await viewKey(tx, organizationId, id)
    // A key that changes its project keeps its list of models; what the new project forbids it cannot call.
    const project = await holdProject(tx, organizationId, projectId ?? row.projectId)
    await tx.key.update({
      where: { id: row.id, organizationId },
      data: {
        ...fields,
        projectId: project.id,
        ...(models !== undefined && (await resolveAllowedModels(tx, organizationId, project, models))),
        ...(memberEmail !== undefined && {
          membershipId: memberEmail && (await resolveMemberEmail(tx, organizationId, memberEmail)),
        }),
      },
    })
    if (budgets) {
      await holdReservations(tx, organizationId)
      await replaceCaps(tx, member, 'key', row.id, budgets)
    }
    const after = await viewKey(tx, organizationId, id)
    await recordAudit(tx, member, { action: 'key.change', targetId: row.id, target: after.name, before, after })
    return after
  })
}
