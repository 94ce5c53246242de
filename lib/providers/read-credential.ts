import { createPrivateKey } from 'node:crypto'
import { awsKeysOf } from '../core/aws-credential.ts'
import { StipendError } from '../core/errors.ts'
import { googleAccountOf } from '../core/google-account.ts'
import { environment } from '../environment.ts'
import { checkOutboundUrl } from '../outbound/check-outbound-url.ts'
import type { Vendor } from './vendors.ts'

/** A credential as it is kept for a vendor; throws `invalid_request_error` for what the vendor could not take. */
export function readCredential({ wire }: Vendor, apiKey: string): string {
  if (wire === 'vertex' && apiKey.startsWith('{')) return readServiceAccount(apiKey)
  // Header values: one word of visible ASCII, so nothing in it can begin another header.
  if (!/^[\x21-\x7e]{1,4000}$/.test(apiKey)) throw refuse('An API key is one word of visible ASCII characters.')
  if (wire === 'bedrock' && /^A[KS]IA[A-Z0-9]+(?::|$)/.test(apiKey) && !awsKeysOf(apiKey)) {
    throw refuse('Write an access key as ACCESS_KEY_ID:SECRET_ACCESS_KEY, with :SESSION_TOKEN where it has one.')
  }
  return apiKey
}

function readServiceAccount(text: string): string {
  const account = googleAccountOf(text)
  if (!account) throw refuse('This is no key file of a Google service account. Paste all of the JSON.')
  try {
    if (createPrivateKey(account.private_key).asymmetricKeyType !== 'rsa') throw new Error('not RSA')
  } catch {
    throw refuse('The private key in this key file cannot be read. Paste the file as Google gave it.')
  }
  checkOutboundUrl(account.token_uri, environment().STIPEND_ALLOW_PRIVATE_UPSTREAMS, 'apiKey')
  // Only what is needed, in one spelling: the file says more than anyone has to keep.
  return JSON.stringify(account)
}

function refuse(message: string): StipendError {
  return new StipendError('invalid_request_error', message, { param: 'apiKey' })
}
