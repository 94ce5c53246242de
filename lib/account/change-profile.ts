import { z } from 'zod'
import { recordOwnAudit } from '../audit/record-own-audit.ts'
import { nameSchema } from '../core/fields.ts'
import { parseInput } from '../core/parse-input.ts'
import { asUser } from '../db/as-user.ts'
import { locales } from '../i18n/locales.ts'

const schema = z.strictObject({ name: nameSchema, locale: z.enum(locales) })

export type ProfileInput = z.input<typeof schema>

/** What a person is called, and the language that Stipend speaks to them, in every organization. */
export async function changeProfile(userId: string, input: ProfileInput): Promise<void> {
  const after = parseInput(schema, input)
  await asUser(userId, async (tx) => {
    const { email, name, locale } = await tx.user.findUniqueOrThrow({ where: { id: userId } })
    await tx.user.update({ where: { id: userId }, data: after })
    await recordOwnAudit(tx, { id: userId, email }, 'account.change_profile', { before: { name, locale }, after })
  })
}
