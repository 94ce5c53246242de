import { asUser } from '../db/as-user.ts'

export interface SecondFactors {
  hasPassword: boolean
  /** Since when an authenticator app counts. */
  totpSince: Date | null
  passkeys: { id: string; name: string; createdAt: Date; lastUsedAt: Date | null }[]
  /** Recovery codes that are not used. */
  recoveryCodes: number
}

/** What a person proves at sign-in besides the password. */
export function listSecondFactors(userId: string): Promise<SecondFactors> {
  return asUser(userId, async (tx) => {
    const user = await tx.user.findUniqueOrThrow({ where: { id: userId }, select: { passwordHash: true } })
    const totp = await tx.totpFactor.findFirst({ where: { userId, confirmedAt: { not: null } } })
    const passkeys = await tx.passkey.findMany({
      where: { userId },
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
      select: { id: true, name: true, createdAt: true, lastUsedAt: true },
    })
    const recoveryCodes = await tx.recoveryCode.count({ where: { userId, usedAt: null } })
    return { hasPassword: user.passwordHash !== null, totpSince: totp?.confirmedAt ?? null, passkeys, recoveryCodes }
  })
}
