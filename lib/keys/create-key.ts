import { z } from 'zod'
import { authorize, type Member } from '../auth/member.ts'
import { parseInput } from '../core/parse-input.ts'
import { inTenant } from '../db/in-tenant.ts'
import { newSecret } from '../secrets/new-secret.ts'
import { insertKey } from './insert-key.ts'
import { keyFields } from './key-fields.ts'
import type { KeyView } from './key-view.ts'
import { resolveMemberEmail } from './resolve-member-email.ts'

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
    const membershipId = memberEmail && (await resolveMemberEmail(tx, organizationId, memberEmail))
    const view = await insertKey(tx, member, { projectId, membershipId, models, budgets, fields, secret })
    return { ...view, secret }
  })
}
