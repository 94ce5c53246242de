import { awsKeysOf } from '../core/aws-credential.ts'
import { googleAccountOf } from '../core/google-account.ts'
import { environment } from '../environment.ts'
import { hintOf } from '../secrets/new-secret.ts'
import { openSealed, seal } from '../secrets/seal.ts'

/** Where a credential belongs: it opens in no other organization, provider or origin. */
export interface CredentialPlace {
  organizationId: string
  id: string
  baseUrl: string
}

export function sealCredential(apiKey: string, place: CredentialPlace): Uint8Array<ArrayBuffer> {
  return new Uint8Array(seal(apiKey, contextOf(place), environment().STIPEND_SECRET))
}

/** The vendor's secret in clear. Call it only to send it there. */
export function openCredential(sealed: Uint8Array, place: CredentialPlace): string {
  return openSealed(sealed, contextOf(place), environment().STIPEND_SECRET)
}

/** The end of a credential, to tell it from others; of a short one nothing, since the end would be most of it. */
export function credentialHintOf(apiKey: string): string {
  const account = googleAccountOf(apiKey)
  // Of what has a public half, that half says which one it is.
  const told = account?.private_key_id ?? account?.client_email ?? awsKeysOf(apiKey)?.accessKeyId ?? apiKey
  return told.length < 12 ? '' : hintOf(told)
}

function contextOf({ organizationId, id, baseUrl }: CredentialPlace): string {
  return `${organizationId}|${id}|${new URL(baseUrl).origin}`
}
