'use server'

import { findSecondStep } from '#lib/auth/find-second-step.ts'
import { startPasskeySignIn } from '#lib/two-factor/start-passkey-sign-in.ts'
import { publicOrigin } from '../../(console)/public-origin.ts'

/** Also the second step of a sign-in: then it is for its person's devices alone. */
export async function startPasskeySignInAction(purpose: 'first' | 'second') {
  const step = purpose === 'second' ? await findSecondStep() : null
  return startPasskeySignIn(step?.user.id ?? null, await publicOrigin())
}
