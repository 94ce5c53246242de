import { type AuthenticatorTransport, generateAuthenticationOptions } from '@simplewebauthn/server'
import { createChallenge } from '../auth/create-challenge.ts'
import { asUser } from '../db/as-user.ts'
import { relyingParty } from './relying-party.ts'

const lifetimeMs = 5 * 60_000

/** What a device is asked to sign: one that this person has, or, before anybody said who they are, any that knows us. */
export async function startPasskeySignIn(userId: string | null, origin: string) {
  const own = userId ? await asUser(userId, (tx) => tx.passkey.findMany({ where: { userId } })) : []
  const options = await generateAuthenticationOptions({
    rpID: relyingParty(origin).rpID,
    userVerification: 'required',
    allowCredentials: own.map(({ credentialId: id, transports }) => ({
      id,
      transports: transports as AuthenticatorTransport[],
    })),
  })
  const { challenge } = options
  const challengeId = await createChallenge({ kind: 'passkey_sign_in', userId, challenge, lifetimeMs })
  return { challengeId, options }
}
