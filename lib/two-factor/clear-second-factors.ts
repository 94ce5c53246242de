import { recordAudit } from '../audit/record-audit.ts'
import { authorize, type Member } from '../auth/member.ts'
import { StipendError } from '../core/errors.ts'
import { inTenant } from '../db/in-tenant.ts'
import { getMemberRow } from '../members/get-member-row.ts'
import { viewOfMember } from '../members/member-view.ts'
import { refuseHigherRole } from '../members/refuse-higher-role.ts'

/**
 * For a member who lost the device and the codes: they sign in with the password alone until they set up another factor,
 * and every browser is signed out. Not for a person who is known to another organization, too: that account is not ours.
 * Returns how many factors there were.
 */
export async function clearSecondFactors(member: Member, id: string): Promise<number> {
  authorize(member, 'members.change')
  const { organizationId } = member
  return inTenant(organizationId, async (tx) => {
    const { userId, email, role } = viewOfMember(await getMemberRow(tx, organizationId, id))
    refuseHigherRole(member, role)
    const [{ elsewhere } = { elsewhere: true }] = await tx.$queryRaw<{ elsewhere: boolean }[]>`
      SELECT is_known_elsewhere(${userId}::uuid, ${organizationId}::uuid) AS elsewhere`
    if (elsewhere) {
      throw new StipendError('conflict', `${email} has an account that another organization shares. It is not yours.`)
    }
    await tx.$queryRaw`SELECT set_config('stipend.user_id', ${userId}, true)`
    const apps = await tx.totpFactor.deleteMany({ where: { userId, confirmedAt: { not: null } } })
    const passkeys = await tx.passkey.deleteMany({ where: { userId } })
    await tx.recoveryCode.deleteMany({ where: { userId } })
    const count = apps.count + passkeys.count
    if (count > 0) {
      await tx.session.deleteMany({ where: { userId } })
      await recordAudit(tx, member, {
        action: 'member.clear_second_factors',
        targetId: id,
        target: email,
        before: { totp: apps.count > 0, passkeys: passkeys.count },
        after: { totp: false, passkeys: 0 },
      })
    }
    return count
  })
}
