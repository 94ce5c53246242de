import { type RegistrationResponseJSON, verifyRegistrationResponse } from '@simplewebauthn/server'
import { recordOwnAudit } from '../audit/record-own-audit.ts'
import type { SignedInUser } from '../auth/find-signed-in-user.ts'
import { takeChallenge } from '../auth/take-challenge.ts'
import { StipendError } from '../core/errors.ts'
import { nameSchema } from '../core/fields.ts'
import { newId } from '../core/ids.ts'
import { parseInput } from '../core/parse-input.ts'
import { asUser } from '../db/as-user.ts'
import { log } from '../log.ts'
import { recoveryCodesIfFirst } from './recovery-codes-if-first.ts'
import { relyingParty } from './relying-party.ts'

export interface PasskeyAnswer {
  challengeId: string
  response: RegistrationResponseJSON
  /** To tell one's own apart. */
  name: string
}

/** Keeps a new passkey. Answers recovery codes where the person had none; they are shown once. */
export async function finishPasskey(
  user: SignedInUser,
  answer: PasskeyAnswer,
  origin: string,
): Promise<string[] | null> {
  const name = parseInput(nameSchema, answer.name)
  const asked = await takeChallenge(answer.challengeId, 'passkey_registration')
  if (!asked?.challenge || asked.userId !== user.id) throw notTaken()
  const party = relyingParty(origin)
  const { registrationInfo } = await verifyRegistrationResponse({
    response: answer.response,
    expectedChallenge: asked.challenge,
    expectedOrigin: party.origin,
    expectedRPID: party.rpID,
    requireUserVerification: true,
  }).catch((error: unknown) => {
    log.debug({ err: error }, 'a passkey was not taken')
    throw notTaken()
  })
  if (!registrationInfo) throw notTaken()
  const { id: credentialId, publicKey, counter, transports = [] } = registrationInfo.credential
  return asUser(user.id, async (tx) => {
    const { count } = await tx.passkey.createMany({
      data: {
        id: newId(),
        userId: user.id,
        credentialId,
        publicKey: new Uint8Array(publicKey),
        counter: BigInt(counter),
        transports,
        name,
      },
      skipDuplicates: true,
    })
    if (count === 0) throw new StipendError('conflict', 'This device is known already.')
    await recordOwnAudit(tx, user, 'account.add_passkey', { before: { passkey: null }, after: { passkey: name } })
    return recoveryCodesIfFirst(tx, user.id)
  })
}

function notTaken(): StipendError {
  return new StipendError('invalid_request_error', 'The device’s answer does not fit. Try again.', {
    param: 'response',
  })
}
