'use server'

import { headers } from 'next/headers'
import { addressBlock } from '#lib/auth/address-block.ts'
import { admitAttempt } from '#lib/auth/admit-attempt.ts'
import { findSecondStep } from '#lib/auth/find-second-step.ts'
import { remoteAddress } from '#lib/auth/remote-address.ts'
import { startPasskeySignIn } from '#lib/two-factor/start-passkey-sign-in.ts'
import { publicOrigin } from '../../(console)/public-origin.ts'

const mostPerAddress = 100

/** Null: too often from one place. Also the second step of a sign-in: then it is for its person's devices alone. */
export async function startPasskeySignInAction(purpose: 'first' | 'second') {
  const address = addressBlock(remoteAddress(await headers()))
  const attempt = await admitAttempt([{ subject: `passkey-start:${address}`, most: mostPerAddress }])
  if (!attempt.admitted) return null
  const step = purpose === 'second' ? await findSecondStep() : null
  return startPasskeySignIn(step?.user.id ?? null, await publicOrigin())
}
