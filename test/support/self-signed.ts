import { generateKeyPairSync, sign } from 'node:crypto'

/** A certificate for "localhost" that nobody else signed, and its key; both PEM. */
export function selfSigned(): { key: string; cert: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const ecdsaWithSha256 = sequence(identifier('2a8648ce3d040302'))
  const name = sequence(element(0x31, sequence(identifier('550403'), element(0x0c, Buffer.from('localhost')))))
  const validity = sequence(time('20200101000000Z'), time('21200101000000Z'))
  const names = sequence(element(0x82, Buffer.from('localhost')))
  const alternatives = sequence(identifier('551d11'), element(0x04, names))
  const body = sequence(
    element(0xa0, integer(2)),
    integer(1),
    ecdsaWithSha256,
    name,
    validity,
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    element(0xa3, sequence(alternatives)),
  )
  const signature = element(0x03, Buffer.of(0), sign('sha256', body, privateKey))
  const whole = sequence(body, ecdsaWithSha256, signature).toString('base64')
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
    cert: `-----BEGIN CERTIFICATE-----\n${whole.replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`,
  }
}

/** DER: a tag, a length, and what it holds. */
function element(tag: number, ...contents: Buffer[]): Buffer {
  const content = Buffer.concat(contents)
  const { length } = content
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
  return Buffer.concat([Buffer.from([tag, ...size]), content])
}

function sequence(...contents: Buffer[]): Buffer {
  return element(0x30, ...contents)
}

function integer(value: number): Buffer {
  return element(0x02, Buffer.of(value))
}

function identifier(hex: string): Buffer {
  return element(0x06, Buffer.from(hex, 'hex'))
}

function time(text: string): Buffer {
  return element(0x18, Buffer.from(text))
}
