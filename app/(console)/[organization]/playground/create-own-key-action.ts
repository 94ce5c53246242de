'use server'

import { getTranslations } from 'next-intl/server'
import { z } from 'zod'
import { currentMember } from '#lib/auth/current-member.ts'
import { parseInput } from '#lib/core/parse-input.ts'
import { createKey } from '#lib/keys/create-key.ts'
import { asActionResult } from '../../as-action-result.ts'
import { readUsd } from '../../read-usd.ts'

const schema = z.strictObject({ projectId: z.string(), capUsd: z.string() })

/** A key for oneself. Its secret goes nowhere: whoever wants it in a program rotates the key. */
export async function createOwnKeyAction(organization: string, form: unknown) {
  return asActionResult(async () => {
    const [member, t] = await Promise.all([currentMember(organization), getTranslations('playground')])
    const { projectId, capUsd } = parseInput(schema, form)
    await createKey(member, {
      name: t('newKey.name', { name: member.user.name }),
      projectId,
      memberEmail: member.user.email,
      budgets: [{ period: 'month', limitNanos: readUsd(capUsd, 'capUsd') }],
    })
    return null
  })
}
