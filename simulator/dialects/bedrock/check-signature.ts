import { createHash, createHmac } from 'node:crypto'
import type { Arrival } from '../dialect.ts'

/** The secret of every access key here. */
export function secretOf(accessKeyId: string): string {
  return `sim-secret-of-${accessKeyId}`
}

export interface Signed {
  accessKeyId: string
  date: string
  region: string
  service: string
  names: string[]
  signature: string
}

/** What an `Authorization` header of AWS says; null where it is none. */
export function readAuthorization(text: string | undefined): Signed | null {
  const found =
    /^AWS4-HMAC-SHA256 Credential=([A-Z0-9]+)\/(\d{8})\/([a-z0-9-]+)\/([a-z0-9-]+)\/aws4_request, SignedHeaders=([a-z0-9;-]+), Signature=([0-9a-f]{64})$/.exec(
      text ?? '',
    )
  if (!found) return null
  const [, accessKeyId = '', date = '', region = '', service = '', names = '', signature = ''] = found
  return { accessKeyId, date, region, service, names: names.split(';'), signature }
}

/** Computes again, from what arrived, the signature that it should bear. */
export function signatureOf({ method, url, headers, body }: Arrival, signed: Signed, secret: string): string {
  const [path = '', query = ''] = url.split('?')
  const canonical = [
    method,
    // Every service but one signs the path as it was sent, encoded once more.
    path.split('/').map(encode).join('/'),
    query.split('&').filter(Boolean).sort().join('&'),
    ...signed.names.map(
      (name) =>
        `${name}:${String(headers[name] ?? '')
          .trim()
          .replace(/ +/g, ' ')}`,
    ),
    '',
    signed.names.join(';'),
    sha256(body),
  ].join('\n')
  const scope = `${signed.date}/${signed.region}/${signed.service}/aws4_request`
  const text = ['AWS4-HMAC-SHA256', String(headers['x-amz-date']), scope, sha256(canonical)].join('\n')
  const key = [signed.date, signed.region, signed.service, 'aws4_request'].reduce<string | Buffer>(
    (last, step) => createHmac('sha256', last).update(step).digest(),
    `AWS4${secret}`,
  )
  return createHmac('sha256', key).update(text).digest('hex')
}

function sha256(data: string | Buffer): string {
  return createHash('sha256').update(data).digest('hex')
}

function encode(segment: string): string {
  return encodeURIComponent(segment).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`)
}
