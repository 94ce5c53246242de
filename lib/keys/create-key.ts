import { z } from 'zod'
import { recordAudit } from '../audit/record-audit.ts'
import { authorize, type Member } from '../auth/member.ts'
import { replaceCaps } from '../budgets/replace-caps.ts'
import { newId } from '../core/ids.ts'
import { parseInput } from '../core/parse-input.ts'
import { inTenant } from '../db/in-tenant.ts'
import { environment } from '../environment.ts'
import { hashSecret } from '../secrets/hash-secret.ts'
import { hintOf, newSecret } from '../secrets/new-secret.ts'
import { holdProject } from './hold-project.ts'
import { keyFields } from './key-fields.ts'
import type { KeyView } from './key-view.ts'
import { resolveAllowedModels } from './resolve-allowed-models.ts'
import { resolveMemberEmail } from './resolve-member-email.ts'
import { viewKey } from './view-key.ts'

const schema = z.strictObject({
  name: keyFields.name,
  projectId: keyFields.projectId,
  memberEmail: keyFields.memberEmail.default(null),
  models: keyFields.models.default(null),
  /** To be said, because a key without a cap can spend all that its project has. */
  budgets: keyFields.budgets,
  requestsPerMinute: keyFields.requestsPerMinute.default(null),
  tokensPerMinute: keyFields.tokensPerMinute.default(null),
  maxParallel: keyFields.maxParallel.default(null),
  requestsPerDay: keyFields.requestsPerDay.default(null),
  expiresAt: keyFields.expiresAt.default(null),
  allowedIps: keyFields.allowedIps.default([]),
  maxOutputTokens: keyFields.maxOutputTokens.default(null),
  tags: keyFields.tags.default([]),
})

export type CreateKeyInput = z.input<typeof schema>

export interface NewKey extends KeyView {
  /** Shown here and never again. */
  secret: string
}

export async function createKey(member: Member, input: CreateKeyInput): Promise<NewKey> {
  authorize(member, 'keys.change')
  const { projectId, memberEmail, models, budgets, ...fields } = parseInput(schema, input)
  if (budgets.length) authorize(member, 'budgets.change')
  const { organizationId } = member
  const secret = newSecret('sk-stp-')
  return inTenant(organizationId, async (tx) => {
    const id = newId()
    const project = await holdProject(tx, organizationId, projectId)
    await tx.key.create({
      data: {
        ...fields,
        ...(await resolveAllowedModels(tx, organizationId, project, models)),
        id,
        organizationId,
        projectId: project.id,
        membershipId: memberEmail && (await resolveMemberEmail(tx, organizationId, memberEmail)),
        secretHash: new Uint8Array(hashSecret(secret, environment().STIPEND_SECRET)),
        secretHint: hintOf(secret),
        createdBy: member.userId,
      },
    })
    await replaceCaps(tx, member, 'key', id, budgets)
    const view = await viewKey(tx, organizationId, id)
    await recordAudit(tx, member, { action: 'key.create', targetId: id, target: view.name, after: view })
    return { ...view, secret }
  })
}
