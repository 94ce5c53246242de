import { randomBytes } from 'node:crypto'
import { createTranslator } from 'next-intl'
import { newId } from '../core/ids.ts'
import { asUser } from '../db/as-user.ts'
import { prisma } from '../db/prisma.ts'
import { environment } from '../environment.ts'
import { defaultLocale, isLocale } from '../i18n/locales.ts'
import { messages } from '../i18n/messages.ts'
import { sendMail } from '../mail/send-mail.ts'
import { hashResetToken } from './hash-reset-token.ts'

const lifetimeMinutes = 60

interface Person {
  id: string
  email: string
  name: string
  locale: string | null
}

/** Sends the link to who has this address; to nobody when nobody has it. Links that were sent before end. */
export async function mailPasswordReset(email: string): Promise<void> {
  const [person] = await prisma().$queryRaw<Person[]>`
    SELECT id, email, name, locale FROM find_user_by_email(${email})`
  if (!person) return
  const token = randomBytes(32).toString('base64url')
  const now = Date.now()
  const id = newId()
  const belongs = await asUser(person.id, async (tx) => {
    // Who belongs nowhere has nothing to come into.
    const places = await tx.membership.count({ where: { userId: person.id, removedAt: null } })
    if (places === 0) return false
    await tx.passwordReset.deleteMany({ where: { userId: person.id } })
    const expiresAt = new Date(now + lifetimeMinutes * 60_000)
    await tx.passwordReset.create({ data: { id, userId: person.id, tokenHash: hashResetToken(token), expiresAt } })
    return true
  })
  if (!belongs) return
  const locale = isLocale(person.locale) ? person.locale : defaultLocale
  const t = createTranslator({ locale, messages: messages[locale], namespace: 'mail.reset' })
  const url = `${environment().PUBLIC_URL}/reset?token=${token}`
  await sendMail({
    to: [person.email],
    subject: t('subject'),
    text: t('text', { name: person.name, url, minutes: lifetimeMinutes }),
    messageId: id,
  })
}
