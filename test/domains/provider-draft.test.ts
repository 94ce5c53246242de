import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import {
  addressProblems,
  credentialOf,
  credentialProblems,
  draftOf,
  inputOf,
  type ProviderDraft,
  problemsOf,
  withPart,
} from '#components/providers/provider-draft.ts'
import type { ProviderFacts, VendorFacts } from '#components/providers/provider-facts.ts'
import { readAwsKeys } from '#components/providers/read-aws-keys.ts'
import { readEndpoint } from '#components/providers/read-endpoint.ts'
import { readKeyFile } from '#components/providers/read-key-file.ts'
import { awsKeysOf } from '#lib/core/aws-credential.ts'
import { googleAccountOf } from '#lib/core/google-account.ts'
import { findVendor } from '#lib/providers/vendors.ts'

const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
})

const account = {
  type: 'service_account',
  project_id: 'our-project',
  private_key_id: '0123456789abcdef',
  private_key: privateKey,
  client_email: 'stipend@our-project.iam.gserviceaccount.com',
}
const keyFile = JSON.stringify(account, null, 2)

function vendorOf(id: string): VendorFacts {
  const { label, baseUrl, wire, place = null, parameters = [], credential = null } = findVendor(id)!
  return { id, label, baseUrl, wire, place, parameters, credential }
}

function fill(id: string, ...parts: Partial<ProviderDraft>[]): ProviderDraft {
  const vendor = vendorOf(id)
  return parts.reduce<ProviderDraft>((draft, part) => withPart(draft, part, vendor), draftOf(null, vendor))
}

describe('a key file of Google', () => {
  it('is taken by the form just when it is taken by the server', () => {
    expect(readKeyFile(keyFile)).toMatchObject({ fault: null, email: account.client_email, project: 'our-project' })
    expect(googleAccountOf(keyFile)).not.toBeNull()
  })

  it.each([
    ['json', keyFile.slice(0, -20)],
    ['json', '"a text"'],
    ['oauth', JSON.stringify({ installed: { client_id: 'x' } })],
    ['oauth', JSON.stringify({ web: { client_id: 'x' } })],
    ['user', JSON.stringify({ type: 'authorized_user', refresh_token: 'x' })],
    ['type', JSON.stringify({ ...account, type: 'external_account' })],
    ['type', '{}'],
    ['missing', JSON.stringify({ ...account, client_email: undefined })],
    ['missing', JSON.stringify({ ...account, private_key: ' ' })],
    ['privateKey', JSON.stringify({ ...account, private_key: privateKey.slice(0, 600) })],
    [
      'privateKey',
      JSON.stringify({ ...account, private_key: '-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----' }),
    ],
  ] as const)('is refused for its %s', (fault, text) => expect(readKeyFile(text).fault).toBe(fault))

  it('names what it lacks', () => {
    const { client_email: _email, private_key: _key, ...rest } = account
    expect(readKeyFile(JSON.stringify(rest)).missing).toEqual(['client_email', 'private_key'])
  })
})

describe('a provider at Vertex AI', () => {
  it('needs its key file alone: that says the project, and calls go where there is room', () => {
    const draft = fill('vertex', { keyFile })
    expect(problemsOf(draft, null, vendorOf('vertex'))).toEqual({})
    expect(inputOf(draft)).toMatchObject({
      baseUrl: 'https://aiplatform.googleapis.com/v1/projects/our-project/locations/global',
      apiKey: keyFile,
    })
  })

  it('keeps a project that somebody typed, and lets go of one that came with another file', () => {
    expect(fill('vertex', { project: 'another' }, { keyFile }).project).toBe('another')
    const other = JSON.stringify({ ...account, project_id: 'third-project' })
    expect(fill('vertex', { keyFile }, { keyFile: other }).project).toBe('third-project')
  })

  it('says at each field what is wrong with it', () => {
    const draft = fill('vertex', { keyFile: '{}' }, { project: 'our project' }, { location: '' })
    expect(problemsOf(draft, null, vendorOf('vertex'))).toEqual({
      keyFile: 'keyFile',
      project: 'place',
      location: 'required',
    })
    expect(credentialProblems(fill('vertex', { credentialKind: 'word', apiKey: 'two words' }), null)).toEqual({
      apiKey: 'apiKey',
    })
  })
})

describe('an access key of AWS', () => {
  const id = 'AKIAIOSFODNN7EXAMPLE'
  const secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'
  const sessionId = 'ASIAIOSFODNN7EXAMPLE'
  const token = `${'IQoJb3JpZ2luX2VjE'.repeat(8)}+/w==`

  it.each([
    ['parts with colons', `${id}:${secret}`, { accessKeyId: id, secretAccessKey: secret }],
    [
      'lines for a shell',
      `export AWS_ACCESS_KEY_ID="${sessionId}"\nexport AWS_SECRET_ACCESS_KEY="${secret}"\nexport AWS_SESSION_TOKEN="${token}"\n`,
      { accessKeyId: sessionId, secretAccessKey: secret, sessionToken: token },
    ],
    [
      'a credentials file',
      `[default]\naws_access_key_id=${id}\naws_secret_access_key=${secret}\n`,
      { accessKeyId: id, secretAccessKey: secret },
    ],
    ['a CSV', `Access key ID,Secret access key\r\n${id},${secret}\r\n`, { accessKeyId: id, secretAccessKey: secret }],
  ])('is read from %s', (_, text, keys) => expect(readAwsKeys(text)).toEqual(keys))

  it.each([id, secret, 'ABSKQmVkcm9ja0FQSUtleS1leGFtcGxl', ''])('is not read from one part, %s', (text) =>
    expect(readAwsKeys(text)).toBeNull(),
  )

  it('goes to the server as that reads it', () => {
    const keys = { accessKeyId: sessionId, secretAccessKey: secret, sessionToken: token }
    const draft = fill('bedrock', { credentialKind: 'aws', ...keys, region: 'eu-central-1' })
    expect(problemsOf(draft, null, vendorOf('bedrock'))).toEqual({})
    expect(awsKeysOf(credentialOf(draft))).toEqual(keys)
    expect(inputOf(draft).baseUrl).toBe('https://bedrock-runtime.eu-central-1.amazonaws.com')
  })

  it('says at each field what is wrong with it', () => {
    const of = (part: Partial<ProviderDraft>) =>
      credentialProblems(fill('bedrock', { credentialKind: 'aws', ...part }), null)
    expect(of({})).toEqual({ accessKeyId: 'required', secretAccessKey: 'required' })
    expect(of({ accessKeyId: 'BKIA', secretAccessKey: 'a:b', sessionToken: 'c d' })).toEqual({
      accessKeyId: 'accessKeyId',
      secretAccessKey: 'secretAccessKey',
      sessionToken: 'sessionToken',
    })
    expect(addressProblems(fill('bedrock', { region: 'frankfurt' }), vendorOf('bedrock'))).toEqual({ region: 'region' })
  })
})

describe('what is pasted for a resource of Azure', () => {
  const azure = vendorOf('azure')

  it('is taken apart', () => {
    const pasted =
      'https://our.openai.azure.com/openai/deployments/our%20gpt/chat/completions?api-version=2025-01-01-preview '
    expect(readEndpoint(azure, pasted)).toEqual({
      baseUrl: 'https://our.openai.azure.com/openai?api-version=2025-01-01-preview',
      place: { resource: 'our', apiVersion: '2025-01-01-preview' },
      deployment: 'our gpt',
    })
    expect(readEndpoint(azure, 'https://our.openai.azure.com/')).toEqual({
      baseUrl: 'https://our.openai.azure.com/openai/v1',
      place: { resource: 'our' },
      deployment: null,
    })
  })

  it('stays whole at a host of another form', () => {
    expect(readEndpoint(azure, 'https://our.cognitiveservices.azure.com/openai/v1/')).toEqual({
      baseUrl: 'https://our.cognitiveservices.azure.com/openai/v1',
      place: null,
      deployment: null,
    })
  })

  it('is left alone where it is no address', () => {
    expect(readEndpoint(azure, 'our-resource')).toBeNull()
    expect(readEndpoint(vendorOf('openai'), 'https://api.openai.com/v1')).toBeNull()
  })
})

describe('a provider that is saved', () => {
  const provider = (id: string, baseUrl: string): ProviderFacts => ({
    id: 'one',
    name: 'Ours',
    vendor: vendorOf(id),
    baseUrl,
    credentialHint: 'abcd',
    priority: 0,
    weight: 1,
    requestsPerMinute: null,
    tokensPerMinute: null,
    models: [],
    onlyHere: [],
    health: { state: 'ok', reason: null, until: null },
    disabledAt: null,
  })

  it('is shown by its parts, and saved as it was while nobody changes them', () => {
    const saved = provider('azure', 'https://our.openai.azure.com/openai?api-version=2024-10-21')
    const draft = draftOf(saved, undefined)
    expect(draft).toMatchObject({ address: 'made', resource: 'our', apiVersion: '2024-10-21' })
    expect(problemsOf(draft, saved, saved.vendor)).toEqual({})
    expect(inputOf(withPart(draft, { name: 'Theirs' }, saved.vendor)).baseUrl).toBe(saved.baseUrl)
  })

  it('is shown by its address where that is of another form', () => {
    const saved = provider('vertex', 'https://vertex.example.edu/v1/projects/our/locations/global')
    const draft = draftOf(saved, undefined)
    expect(draft).toMatchObject({ address: 'own', baseUrl: saved.baseUrl })
    expect(inputOf(withPart(draft, { name: 'Theirs' }, saved.vendor)).baseUrl).toBe(saved.baseUrl)
  })

  it('asks for its credential again once it goes elsewhere', () => {
    const saved = provider('bedrock', 'https://bedrock-runtime.us-east-1.amazonaws.com')
    const moved = withPart(draftOf(saved, undefined), { region: 'eu-west-1' }, saved.vendor)
    expect(credentialProblems(moved, saved)).toEqual({ apiKey: 'keyAgain' })
    const withKeys = withPart(moved, { credentialKind: 'aws' }, saved.vendor)
    expect(credentialProblems(withKeys, saved)).toEqual({ accessKeyId: 'keyAgain' })
  })
})
