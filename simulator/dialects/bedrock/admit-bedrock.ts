import { timingSafeEqual } from 'node:crypto'
import { Refused } from '../../faults/refusal.ts'
import type { Arrival } from '../dialect.ts'
import { readAuthorization, secretOf, signatureOf } from './check-signature.ts'

const longestSkewMs = 5 * 60_000

/** As strict as AWS is about who calls: an API key of Bedrock's, or a signature over all that was sent. */
export function admitBedrock(arrival: Arrival): void {
  const { authorization } = arrival.headers
  if (authorization?.startsWith('Bearer ')) return
  const signed = readAuthorization(authorization)
  if (!signed) throw refuse(403, 'MissingAuthenticationTokenException', 'Missing Authentication Token')
  if (signed.service !== 'bedrock' || !signed.names.includes('host') || !signed.names.includes('x-amz-date')) {
    throw refuse(403, 'InvalidSignatureException', 'Credential should be scoped to correct service: bedrock.')
  }
  const sent = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(String(arrival.headers['x-amz-date']))
  const sentAtMs = sent ? Date.parse(`${sent[1]}-${sent[2]}-${sent[3]}T${sent[4]}:${sent[5]}:${sent[6]}Z`) : 0
  if (Math.abs(Date.now() - sentAtMs) > longestSkewMs) {
    throw refuse(403, 'InvalidSignatureException', 'Signature not yet current or expired.')
  }
  const due = Buffer.from(signatureOf(arrival, signed, secretOf(signed.accessKeyId)))
  if (!timingSafeEqual(due, Buffer.from(signed.signature))) {
    throw refuse(
      403,
      'InvalidSignatureException',
      'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method.',
    )
  }
}

export function refuse(status: number, code: string, message: string): Refused {
  return new Refused({ status, code, type: code, message })
}
