import { AwsV4Signer } from 'aws4fetch'
import { type AwsKeys, awsKeysOf } from './aws-credential.ts'
import { awsRegionOf } from './aws-region.ts'
import { credentialHeaders } from './credential-headers.ts'
import { type GoogleAccount, googleAccountOf } from './google-account.ts'
import type { Place } from './upstream-url.ts'

/** What a call proves itself for, as far as the proof depends on it. */
export interface Call {
  method: string
  url: URL
  body: string | Uint8Array | null
}

/** A token that Google gives for a service account; rejects where it gives none. */
export type TokenFor = (account: GoogleAccount) => Promise<string>

/** The headers that say whose call it is: the credential itself, a signature made with it, or a token got for it. */
export function authorizeCall(
  { wire, baseUrl }: Place,
  credential: string,
  call: Call,
  tokenFor: TokenFor,
): Record<string, string> | Promise<Record<string, string>> {
  const keys = wire === 'bedrock' && awsKeysOf(credential)
  if (keys) return sign(baseUrl, keys, call)
  const account = wire === 'vertex' && googleAccountOf(credential)
  if (account) return bear(tokenFor(account))
  return credentialHeaders(wire, credential)
}

async function bear(token: Promise<string>): Promise<Record<string, string>> {
  return { authorization: `Bearer ${await token}` }
}

const signedHeaders = ['authorization', 'x-amz-date', 'x-amz-security-token']

async function sign(baseUrl: string, keys: AwsKeys, { method, url, body }: Call): Promise<Record<string, string>> {
  const region = awsRegionOf(baseUrl)
  if (!region) throw new Error('The base URL names no region to sign for.')
  const { headers } = await new AwsV4Signer({
    ...keys,
    method,
    url: url.href,
    service: 'bedrock',
    region,
    ...(body !== null && { body: typeof body === 'string' ? body : Buffer.from(body) }),
  }).sign()
  return Object.fromEntries(signedHeaders.flatMap((name) => [[name, headers.get(name)]]).filter(([, value]) => value))
}
