import { type AuthenticationResponseJSON, verifyAuthenticationResponse } from '@simplewebauthn/server'
import { takeChallenge } from '../auth/take-challenge.ts'
import { asUser } from '../db/as-user.ts'
import { prisma } from '../db/prisma.ts'
import { log } from '../log.ts'
import { relyingParty } from './relying-party.ts'

export interface PasskeySignature {
  challengeId: string
  response: AuthenticationResponseJSON
}

/** Who signed, with a device that also checked its holder; null for anything else, and for the same answer sent twice. */
export async function checkPasskey(
  { challengeId, response }: PasskeySignature,
  origin: string,
): Promise<string | null> {
  const asked = await takeChallenge(challengeId, 'passkey_sign_in')
  if (!asked?.challenge || typeof response?.id !== 'string') return null
  const [found] = await prisma().$queryRaw<{ userId: string | null }[]>`
    SELECT find_passkey_user(${response.id}) AS "userId"`
  const userId = found?.userId
  if (!userId || (asked.userId && asked.userId !== userId)) return null
  const party = relyingParty(origin)
  const expectedChallenge = asked.challenge
  return asUser(userId, async (tx) => {
    const passkey = await tx.passkey.findFirst({ where: { userId, credentialId: response.id } })
    if (!passkey) return null
    const { credentialId: id, publicKey, counter } = passkey
    const check = await verifyAuthenticationResponse({
      response,
      expectedChallenge,
      expectedOrigin: party.origin,
      expectedRPID: party.rpID,
      requireUserVerification: true,
      credential: { id, publicKey: new Uint8Array(publicKey), counter: Number(counter) },
    }).catch((error: unknown) => {
      log.debug({ err: error }, 'a passkey was refused')
      return null
    })
    if (!check?.verified) return null
    const { count } = await tx.passkey.updateMany({
      where: { id: passkey.id, userId, counter },
      data: { counter: BigInt(check.authenticationInfo.newCounter), lastUsedAt: new Date() },
    })
    return count === 1 ? userId : null
  })
}
