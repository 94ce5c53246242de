import { createHmac, generateKeyPairSync, randomBytes } from 'node:crypto'

/** The accounts that were made here, by their names, and the keys that prove them. */
const publicKeys = new Map<string, string>()

/** What tokens are signed with: of another run none is good. */
const tokenSecret = randomBytes(32)

export const tokenPath = '/google/token'

/** Makes a service account of a simulator; what it returns is its key file. */
export function createGoogleAccount(simulator: { port: number }, project = 'our-project'): string {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
  const id = randomBytes(4).toString('hex')
  const email = `stipend-${id}@${project}.iam.gserviceaccount.com`
  publicKeys.set(email, publicKey)
  const file = {
    type: 'service_account',
    project_id: project,
    private_key_id: randomBytes(20).toString('hex'),
    private_key: privateKey,
    client_email: email,
    client_id: '1',
    token_uri: `http://127.0.0.1:${simulator.port}${tokenPath}`,
  }
  return JSON.stringify(file, null, 2)
}

export function publicKeyOf(email: string): string | null {
  return publicKeys.get(email) ?? null
}

/** A token says itself until when it is good. */
export function giveToken(email: string, untilSeconds: number): string {
  const said = `${Buffer.from(email).toString('base64url')}.${untilSeconds}`
  return `sim-google.${said}.${proofOf(said)}`
}

export function isGoodToken(token: string): boolean {
  const [mark, email, until, proof] = token.split('.')
  return mark === 'sim-google' && proof === proofOf(`${email}.${until}`) && Number(until) * 1000 > Date.now()
}

function proofOf(said: string): string {
  return createHmac('sha256', tokenSecret).update(said).digest('base64url')
}
