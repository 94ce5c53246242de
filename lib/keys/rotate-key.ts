import { z } from 'zod'
import { recordAudit } from '../audit/record-audit.ts'
import { authorize, type Member } from '../auth/member.ts'
import { parseInput } from '../core/parse-input.ts'
import { inTenant } from '../db/in-tenant.ts'
import { environment } from '../environment.ts'
import { hashSecret } from '../secrets/hash-secret.ts'
import { hintOf, newSecret } from '../secrets/new-secret.ts'
import type { NewKey } from './create-key.ts'
import { getUsableKeyRow } from './get-usable-key-row.ts'
import { viewKey } from './view-key.ts'

const longestGraceSeconds = 30 * 24 * 60 * 60

const schema = z.strictObject({
  /** How long the old secret works beside the new one; 0: not at all. */
  graceSeconds: z.number().int().min(0).max(longestGraceSeconds).default(0),
})

export type RotateKeyInput = z.input<typeof schema>

/** A new secret for the same key. Of two rotations in a row only the last secret before has its grace. */
export async function rotateKey(member: Member, id: string, input: RotateKeyInput = {}): Promise<NewKey> {
  authorize(member, 'keys.change')
  const { graceSeconds } = parseInput(schema, input)
  const { organizationId } = member
  const secret = newSecret('sk-stp-')
  return inTenant(organizationId, async (tx) => {
    const row = await getUsableKeyRow(tx, organizationId, id)
    const hint = hintOf(secret)
    await tx.key.update({
      where: { id: row.id, organizationId },
      data: {
        secretHash: new Uint8Array(hashSecret(secret, environment().STIPEND_SECRET)),
        secretHint: hint,
        previousSecretHash: graceSeconds > 0 ? row.secretHash : null,
        previousSecretUntil: graceSeconds > 0 ? new Date(Date.now() + graceSeconds * 1000) : null,
      },
    })
    await recordAudit(tx, member, {
      action: 'key.rotate',
      targetId: row.id,
      target: row.name,
      before: { hint: row.secretHint },
      after: { hint, graceSeconds },
    })
    return { ...(await viewKey(tx, organizationId, id)), secret }
  })
}
