import { recordAudit } from '../audit/record-audit.ts'
import type { Member } from '../auth/member.ts'
import { holdReservations } from '../budgets/hold-reservations.ts'
import { newId } from '../core/ids.ts'
import type { Transaction } from '../db/in-tenant.ts'
import { closeAccessLinks } from '../members/close-access-links.ts'
import type { MemberView } from '../members/member-view.ts'
import { refuseLastOwner } from '../members/refuse-last-owner.ts'
import type { OffboardingChoices } from './offboarding-choices.ts'
import type { OffboardingView } from './offboarding-view.ts'

/** One moment marks all that ends with a membership: by it `reinstateMember` knows what to bring back. */
export async function closeMembership(
  tx: Transaction,
  member: Member,
  view: OffboardingView,
  choices: OffboardingChoices,
  heir: MemberView | null,
): Promise<void> {
  const { organizationId } = member
  await refuseLastOwner(tx, organizationId, view.member.id)
  const now = new Date()
  await closeKeys(tx, member, view, choices.keys, heir, now)
  await closeBudgets(tx, member, view, choices.budgets, heir, now)
  if (choices.managementKeys === 'revoke') await revokeManagementKeys(tx, member, view, now)
  await tx.membership.update({ where: { id: view.member.id, organizationId }, data: { removedAt: now } })
  await closeAccessLinks(tx, organizationId, view.member.id)
}

async function closeKeys(
  tx: Transaction,
  member: Member,
  { keys }: OffboardingView,
  choice: OffboardingChoices['keys'],
  heir: MemberView | null,
  now: Date,
): Promise<void> {
  const { organizationId } = member
  const change = async (key: OffboardingView['keys'][number], data: object, action: string, audit: object) => {
    await tx.key.update({ where: { id: key.id, organizationId }, data })
    await recordAudit(tx, member, { action, targetId: key.id, target: key.name, ...audit })
  }
  for (const key of keys) {
    const { memberEmail, pausedAt } = key
    if (choice === 'transfer' && heir) {
      const audit = { before: { memberEmail }, after: { memberEmail: heir.email } }
      await change(key, { membershipId: heir.id }, 'key.change', audit)
    } else if (choice === 'revoke') {
      const data = { revokedAt: now, previousSecretHash: null, previousSecretUntil: null }
      await change(key, data, 'key.revoke', { before: key })
    } else if (!pausedAt) {
      const data = { pausedAt: now, pauseReason: `Its member left: ${member.actor}` }
      await change(key, data, 'key.pause', { before: { pausedAt: null }, after: { pausedAt: now } })
    }
  }
}

async function closeBudgets(
  tx: Transaction,
  member: Member,
  { budgets }: OffboardingView,
  choice: OffboardingChoices['budgets'],
  heir: MemberView | null,
  now: Date,
): Promise<void> {
  const { organizationId, userId } = member
  for (const budget of budgets) {
    const row = await tx.budget.update({
      where: { id: budget.id, organizationId },
      data: { archivedAt: now },
    })
    const archived = { targetId: budget.id, target: budget.scopeName, before: budget, after: { archivedAt: now } }
    await recordAudit(tx, member, { action: 'budget.archive', ...archived })
    if (choice !== 'transfer' || !heir) continue
    const { modelId, tag, period, limitNanos } = row
    const same = { organizationId, scope: 'member' as const, scopeId: heir.id, modelId, tag, period }
    if (await tx.budget.findFirst({ where: { ...same, archivedAt: null } })) continue
    const id = newId()
    await holdReservations(tx, organizationId)
    await tx.budget.create({ data: { ...same, id, limitNanos, createdBy: userId } })
    const made = {
      targetId: id,
      target: heir.name,
      after: { scope: 'member', period, limitNanos, tag, model: budget.model },
    }
    await recordAudit(tx, member, { action: 'budget.create', ...made })
  }
}

async function revokeManagementKeys(
  tx: Transaction,
  member: Member,
  { managementKeys }: OffboardingView,
  now: Date,
): Promise<void> {
  const { organizationId } = member
  for (const { id, name, role } of managementKeys) {
    await tx.managementKey.update({ where: { id, organizationId }, data: { revokedAt: now } })
    const revoked = { targetId: id, target: name, before: { name, role } }
    await recordAudit(tx, member, { action: 'management_key.revoke', ...revoked })
  }
}
