import { generateRegistrationOptions } from '@simplewebauthn/server'
import { createChallenge } from '../auth/create-challenge.ts'
import type { SignedInUser } from '../auth/find-signed-in-user.ts'
import { asUser } from '../db/as-user.ts'
import { type IdentityProof, proveIdentity } from './prove-identity.ts'
import { relyingParty } from './relying-party.ts'

const lifetimeMs = 5 * 60_000

/** What a device is asked for a new passkey; `finishPasskey` takes its answer. */
export async function startPasskey(user: SignedInUser, proof: IdentityProof, origin: string) {
  await proveIdentity(user, proof)
  const known = await asUser(user.id, (tx) => tx.passkey.findMany({ where: { userId: user.id } }))
  const { rpID, rpName } = relyingParty(origin)
  const options = await generateRegistrationOptions({
    rpID,
    rpName,
    userName: user.email,
    userDisplayName: user.name,
    userID: new Uint8Array(Buffer.from(user.id)),
    attestationType: 'none',
    excludeCredentials: known.map(({ credentialId: id }) => ({ id })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  })
  const { challenge } = options
  const challengeId = await createChallenge({ kind: 'passkey_registration', userId: user.id, challenge, lifetimeMs })
  return { challengeId, options }
}
