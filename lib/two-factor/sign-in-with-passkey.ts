import { headers } from 'next/headers'
import { addressBlock } from '../auth/address-block.ts'
import { admitAttempt } from '../auth/admit-attempt.ts'
import { findSecondStep } from '../auth/find-second-step.ts'
import { openBrowserSession } from '../auth/open-browser-session.ts'
import { remoteAddress } from '../auth/remote-address.ts'
import { takeChallenge } from '../auth/take-challenge.ts'
import { asUser } from '../db/as-user.ts'
import { checkPasskey, type PasskeySignature } from './check-passkey.ts'

const mostPerAddress = 50

/**
 * Signs this browser in by a passkey: alone, since the device is one thing and knows its holder by another, or as the
 * second step of a sign-in, and then only its person. Answers the person's language. For server actions.
 */
export async function signInWithPasskey(
  signature: PasskeySignature,
  origin: string,
): Promise<{ outcome: 'signed_in'; locale: string | null } | { outcome: 'wrong' }> {
  const address = addressBlock(remoteAddress(await headers()))
  const attempt = await admitAttempt([{ subject: `passkey-address:${address}`, most: mostPerAddress }])
  const userId = attempt.admitted ? await checkPasskey(signature, origin) : null
  if (!userId) return { outcome: 'wrong' }
  const step = await findSecondStep()
  if (step) await takeChallenge(step.id, 'second_step')
  await openBrowserSession(userId)
  const user = await asUser(userId, (tx) => tx.user.findUnique({ where: { id: userId }, select: { locale: true } }))
  return { outcome: 'signed_in', locale: user?.locale ?? null }
}
