'use server'

import { redirect } from 'next/navigation'
import { keepLanguage } from '#lib/auth/keep-language.ts'
import { safeNext } from '#lib/auth/safe-next.ts'
import type { PasskeySignature } from '#lib/two-factor/check-passkey.ts'
import { signInWithPasskey } from '#lib/two-factor/sign-in-with-passkey.ts'
import { publicOrigin } from '../../(console)/public-origin.ts'

/** Leads on when the device's signature fits, and answers nothing more than that when it does not. */
export async function signInByPasskey(signature: PasskeySignature, next: string): Promise<'wrong'> {
  const result = await signInWithPasskey(signature, await publicOrigin())
  if (result.outcome === 'wrong') return 'wrong'
  await keepLanguage(result.locale)
  redirect(safeNext(next))
}
