import { createTranslator } from 'next-intl'
import { createAccessLink } from '../access-links/create-access-link.ts'
import { hashToken } from '../access-links/hash-token.ts'
import type { NewAccessLink } from '../access-links/insert-access-link.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { authorize, type Member } from '../auth/member.ts'
import { StipendError } from '../core/errors.ts'
import { inTenant } from '../db/in-tenant.ts'
import { defaultLocale, isLocale } from '../i18n/locales.ts'
import { messages } from '../i18n/messages.ts'
import { log } from '../log.ts'
import { canSendMail } from '../mail/can-send-mail.ts'
import { sendMail } from '../mail/send-mail.ts'
import { getMemberRow } from '../members/get-member-row.ts'
import { viewOfMember } from '../members/member-view.ts'

export interface SentInvitation {
  /** Whether a mail server took it. */
  mailed: boolean
  /** For handing over, where no mail went out; null too for whom an account of their own lets in. */
  link: NewAccessLink | null
}

/**
 * Makes a new one-time link for a member who has not come in, and mails it where mail can be sent; earlier ones end.
 * `origin` is where links lead; without one nothing is mailed. Who has an account of their own is told that they belong here now, without a link that opens it.
 */
export async function sendInvitation(member: Member, id: string, origin: string | null): Promise<SentInvitation> {
  authorize(member, 'members.change')
  const { organizationId } = member
  const { target, organization, locale } = await inTenant(organizationId, async (tx) => {
    const row = await getMemberRow(tx, organizationId, id)
    const organization = await tx.organization.findUniqueOrThrow({ where: { id: organizationId } })
    return { target: viewOfMember(row), organization, locale: row.user.locale ?? organization.locale }
  })
  const link = await createAccessLink(member, id).catch((error: unknown) => {
    if (error instanceof StipendError && error.code === 'conflict') return null
    throw error
  })
  if (!canSendMail() || origin === null) return { mailed: false, link }
  const language = isLocale(locale) ? locale : defaultLocale
  const t = createTranslator({ locale: language, messages: messages[language], namespace: 'mail.invitation' })
  const names = { name: target.name, organization: organization.name, inviter: member.actor.replace(/^\w+:/, '') }
  try {
    await sendMail({
      to: [target.email],
      subject: t('subject', names),
      text: link
        ? t('text', { ...names, url: `${origin}/join?token=${link.token}`, until: link.expiresAt })
        : t('known', { ...names, url: `${origin}/${organization.slug}` }),
    })
  } catch (error) {
    log.warn({ err: error }, 'an invitation could not be mailed')
    return { mailed: false, link }
  }
  await inTenant(organizationId, async (tx) => {
    const mailedAt = new Date()
    if (link) {
      const where = { organizationId, tokenHash: hashToken(link.token) }
      await tx.accessLink.updateMany({ where, data: { mailedAt } })
    }
    await recordAudit(tx, member, {
      action: 'invitation.send',
      targetId: target.id,
      target: target.email,
      before: { mailedAt: null },
      after: { mailedAt, expiresAt: link?.expiresAt ?? null },
    })
  })
  return { mailed: true, link: null }
}
