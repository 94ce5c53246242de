import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Member } from '#lib/auth/member.ts'
import { createModel } from '#lib/models/create-model.ts'
import { listModels } from '#lib/models/list-models.ts'
import type { OutboundFetch } from '#lib/outbound/outbound-fetch.ts'
import { changeProvider } from '#lib/providers/change-provider.ts'
import { createProvider } from '#lib/providers/create-provider.ts'
import { openCredential } from '#lib/providers/credential.ts'
import { getProvider } from '#lib/providers/get-provider.ts'
import { listProviders } from '#lib/providers/list-providers.ts'
import { removeProvider } from '#lib/providers/remove-provider.ts'
import { testConnection } from '#lib/providers/test-connection.ts'
import { secretOf } from '#simulator/dialects/bedrock/check-signature.ts'
import { createGoogleAccount } from '#simulator/google/accounts.ts'
import { type Simulator, startSimulator } from '#simulator/start-simulator.ts'
import { asOwner } from '../support/as-owner.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { foundLab } from '../support/found-lab.ts'

const apiKey = 'sk-vendor-0123456789abcdef'

let database: TestDatabase
let owner: Member
/** A stand-in for a vendor: what it was sent, and what it answers next. */
let vendor: Server
let baseUrl: string
let received: { path: string | undefined; headers: IncomingHttpHeaders }[]
let reply: { status: number; headers?: Record<string, string>; body: string }

beforeAll(async () => {
  process.env.STIPEND_ALLOW_PRIVATE_UPSTREAMS = 'true'
  database = await createTestDatabase()
  vendor = createServer(({ url, headers }, response) => {
    received.push({ path: url, headers })
    response.writeHead(reply.status, { 'content-type': 'application/json', ...reply.headers }).end(reply.body)
  })
  await new Promise<void>((listening) => vendor.listen(0, '127.0.0.1', listening))
  baseUrl = `http://127.0.0.1:${(vendor.address() as AddressInfo).port}/v1`
})
afterAll(async () => {
  vendor?.close()
  await database?.drop()
})
beforeEach(async () => {
  owner = await foundLab()
  received = []
  reply = { status: 200, body: '{"object":"list","data":[{"id":"gpt-4o"},{"id":"gpt-3.5-turbo"}]}' }
})

async function rowOf(id: string) {
  const [row] = await asOwner<{ organization_id: string; base_url: string; sealed_credential: Buffer }>(
    database,
    'SELECT * FROM providers WHERE id = $1',
    [id],
  )
  return row!
}

describe('a credential', () => {
  it('is sealed, and opens only where it belongs', async () => {
    const { id } = await createProvider(owner, { name: 'p', vendor: 'openai', apiKey })
    const { organization_id: organizationId, base_url, sealed_credential: sealed } = await rowOf(id)
    expect(sealed.toString('latin1')).not.toContain(apiKey)
    const place = { organizationId, id, baseUrl: base_url }
    expect(openCredential(sealed, place)).toBe(apiKey)
    expect(openCredential(sealed, { ...place, baseUrl: 'https://api.openai.com/v2' })).toBe(apiKey)
    const stranger = await foundLab()
    for (const other of [
      { ...place, organizationId: stranger.organizationId },
      { ...place, id: stranger.organizationId },
      { ...place, baseUrl: 'https://evil.example.com/v1' },
    ]) {
      expect(() => openCredential(sealed, other)).toThrow()
    }
  })

  it('has to be given again to go to another place', async () => {
    const { id } = await createProvider(owner, { name: 'p', vendor: 'openai', apiKey })
    for (const move of [{ baseUrl: 'https://evil.example.com/v1' }, { vendor: 'groq' }]) {
      await expect(changeProvider(owner, id, move)).rejects.toMatchObject({
        code: 'invalid_request_error',
        param: 'apiKey',
      })
    }
    expect(await getProvider(owner, id)).toMatchObject({ vendor: 'openai', baseUrl: 'https://api.openai.com/v1' })
    const moved = await changeProvider(owner, id, { vendor: 'groq', apiKey: 'gsk-0123456789-moved' })
    expect(moved).toMatchObject({ baseUrl: 'https://api.groq.com/openai/v1', credentialHint: 'oved' })
    const row = await rowOf(id)
    expect(
      openCredential(row.sealed_credential, { organizationId: owner.organizationId, id, baseUrl: row.base_url }),
    ).toBe('gsk-0123456789-moved')
  })

  it('is wiped when its provider is removed', async () => {
    const { id } = await createProvider(owner, { name: 'p', vendor: 'openai', apiKey })
    await removeProvider(owner, id)
    expect((await rowOf(id)).sealed_credential.length).toBe(0)
  })

  it('shows nothing of a short one', async () => {
    const { credentialHint } = await createProvider(owner, { name: 'p', vendor: 'openai', apiKey: 'secret' })
    expect(credentialHint).toBe('')
  })

  it.each(['two words', 'line\nbreak', 'schlüssel', ''])('is never %j', async (wrong) => {
    await expect(createProvider(owner, { name: 'p', vendor: 'openai', apiKey: wrong })).rejects.toMatchObject({
      param: 'apiKey',
    })
  })
})

describe('a provider', () => {
  it('keeps its name to itself until it is removed', async () => {
    const { id } = await createProvider(owner, { name: 'main', vendor: 'openai', apiKey })
    await expect(createProvider(owner, { name: 'main', vendor: 'groq', apiKey })).rejects.toMatchObject({
      code: 'conflict',
      param: 'name',
    })
    await createModel(owner, { name: 'gpt-4o', deployments: [{ providerId: id, upstreamModel: 'gpt-4o' }] })
    await removeProvider(owner, id)
    expect(await listProviders(owner)).toEqual([])
    expect(await listModels(owner)).toMatchObject([{ name: 'gpt-4o', deployments: [], priced: false }])
    await createProvider(owner, { name: 'main', vendor: 'groq', apiKey })
  })

  it('is disabled and enabled', async () => {
    const { id } = await createProvider(owner, { name: 'p', vendor: 'openai', apiKey })
    const { disabledAt } = await changeProvider(owner, id, { disabled: true })
    expect(disabledAt).toBeInstanceOf(Date)
    expect(await changeProvider(owner, id, { disabled: true, weight: 5 })).toMatchObject({ disabledAt, weight: 5 })
    expect(await changeProvider(owner, id, { disabled: false })).toMatchObject({ disabledAt: null })
  })

  it.each([
    ['no region for Bedrock', { vendor: 'bedrock', baseUrl: 'https://example.com' }, 'baseUrl'],
    [
      'half an access key',
      { vendor: 'bedrock', baseUrl: 'https://bedrock-runtime.us-east-1.amazonaws.com', apiKey: 'AKIA0123456789ABCDEF' },
      'apiKey',
    ],
    [
      'a query that an address may not have',
      { vendor: 'openai', baseUrl: 'https://example.com/v1?region=a' },
      'baseUrl',
    ],
    ['a vendor that is none', { vendor: 'acme' }, 'vendor'],
    ['no base URL where there is no usual one', { vendor: 'openai-compatible' }, 'baseUrl'],
    ['a base URL of a metadata service', { vendor: 'openai', baseUrl: 'http://169.254.169.254' }, 'baseUrl'],
    ['a field of another kind', { vendor: 'openai', archivedAt: null }, 'archivedAt'],
  ])('is refused with %s', async (_, fields, param) => {
    await expect(createProvider(owner, { name: 'p', apiKey, ...fields })).rejects.toMatchObject({
      code: 'invalid_request_error',
      param,
    })
  })
})

describe('testing a connection', () => {
  const draft = () => ({ vendor: 'openai-compatible', baseUrl: `${baseUrl}/`, apiKey })

  it('asks the vendor for its models with the credential and nothing else of ours', async () => {
    expect(await testConnection(owner, draft())).toMatchObject({
      ok: true,
      status: 200,
      models: ['gpt-4o', 'gpt-3.5-turbo'],
      problem: null,
    })
    expect(received).toMatchObject([{ path: '/v1/models', headers: { authorization: `Bearer ${apiKey}` } }])
    expect(received[0]?.headers.cookie).toBeUndefined()
  })

  it('opens the credential of a saved provider', async () => {
    const { id } = await createProvider(owner, { name: 'p', ...draft() })
    expect(await testConnection(owner, { providerId: id })).toMatchObject({ ok: true })
    expect(received[0]?.headers.authorization).toBe(`Bearer ${apiKey}`)
  })

  it.each([
    [401, '{}', /refuses this API key/],
    [404, 'not found', /no list of models/],
    [500, '', /status 500/],
    [200, '<html>', /not a list of models/],
    [200, '{"data":"none"}', /not a list of models/],
  ])('says what is wrong with an answer %i %s', async (status, body, problem) => {
    reply = { status, body }
    expect(await testConnection(owner, draft())).toMatchObject({
      ok: false,
      status,
      models: [],
      problem: expect.stringMatching(problem),
    })
  })

  it('follows no redirect, wherever it leads', async () => {
    reply = { status: 302, headers: { location: `${baseUrl}/elsewhere` }, body: '' }
    expect(await testConnection(owner, draft())).toMatchObject({ ok: false, status: 302 })
    expect(received).toHaveLength(1)
  })

  it('reads an endless answer only so far', async () => {
    reply = { status: 200, body: `{"data":[],"x":"${'x'.repeat(9_000_000)}"}` }
    expect(await testConnection(owner, draft())).toMatchObject({ ok: false, problem: 'The answer is too long.' })
  })

  it('says that nobody is there', async () => {
    const closed = createServer()
    await new Promise<void>((listening) => closed.listen(0, '127.0.0.1', listening))
    const { port } = closed.address() as AddressInfo
    await new Promise((done) => closed.close(done))
    expect(await testConnection(owner, { ...draft(), baseUrl: `http://127.0.0.1:${port}/v1` })).toMatchObject({
      ok: false,
      status: null,
      problem: 'The host could not be reached (ECONNREFUSED).',
    })
  })

  it('is for those who may save a provider', async () => {
    const call: OutboundFetch = () => Promise.reject(new Error('called'))
    await expect(testConnection({ ...owner, role: 'lead' }, draft(), call)).rejects.toMatchObject({ code: 'forbidden' })
    expect(received).toEqual([])
  })
})

describe('testing a connection to a cloud', () => {
  let simulator: Simulator
  let drafts: Record<string, { vendor: string; baseUrl: string; apiKey: string }>
  beforeAll(async () => {
    simulator = await startSimulator()
    const at = `http://127.0.0.1:${simulator.port}`
    const keyId = 'AKIASIMULATOR0001'
    drafts = {
      azure: { vendor: 'azure', baseUrl: `${at}/`, apiKey: 'sim-azure' },
      'azure by its version': { vendor: 'azure', baseUrl: `${at}/openai?api-version=2024-10-21`, apiKey: 'sim-azure' },
      'bedrock by a signature': {
        vendor: 'bedrock',
        baseUrl: `${at}?region=us-east-1`,
        apiKey: `${keyId}:${secretOf(keyId)}:a-session`,
      },
      'bedrock by an API key': { vendor: 'bedrock', baseUrl: `${at}?region=us-east-1`, apiKey: 'sim-bedrock' },
      vertex: {
        vendor: 'vertex',
        baseUrl: `${at}/v1/projects/our-project/locations/us-central1`,
        apiKey: createGoogleAccount(simulator),
      },
    }
  })
  afterAll(() => simulator?.close())

  it.each(['azure', 'azure by its version', 'bedrock by a signature', 'bedrock by an API key', 'vertex'])(
    '%s lists its models, of a draft and of what was saved',
    async (name) => {
      const draft = drafts[name]!
      expect(await testConnection(owner, draft)).toMatchObject({ ok: true, models: expect.arrayContaining(['gpt-4o']) })
      const { id, credentialHint } = await createProvider(owner, { name, ...draft })
      expect(await testConnection(owner, { providerId: id })).toMatchObject({ ok: true, fault: null })
      // Of what has a public half, the end of that is shown.
      if (name === 'bedrock by a signature') expect(credentialHint).toBe('0001')
    },
  )

  it.each([
    ['azure', 'a-wrong-key'],
    ['bedrock by a signature', `AKIASIMULATOR0001:wrong`],
    ['vertex', 'an-api-key'],
  ])('%s says that a credential is wrong', async (name, apiKey) => {
    const result = await testConnection(owner, { ...drafts[name]!, apiKey })
    expect(result).toMatchObject({ ok: false, fault: 'key', models: [] })
    expect(result.problem).not.toContain(apiKey)
  })

  it('a service account that Google does not know is a wrong credential', async () => {
    const { private_key } = JSON.parse(drafts.vertex!.apiKey)
    const apiKey = JSON.stringify({ ...JSON.parse(createGoogleAccount(simulator)), private_key })
    expect(await testConnection(owner, { ...drafts.vertex!, apiKey })).toMatchObject({ ok: false, fault: 'key' })
  })

  it.each([
    ['no JSON', '{"type": "service_account"'],
    ['another kind of key file', '{"type":"authorized_user","client_email":"a@b.c"}'],
    ['a broken key', JSON.stringify({ type: 'service_account', client_email: 'a@b.c', private_key: 'x'.repeat(200) })],
  ])('%s is no service account', async (_, apiKey) => {
    await expect(createProvider(owner, { name: 'v', ...drafts.vertex!, apiKey })).rejects.toMatchObject({
      param: 'apiKey',
    })
  })

  it('gets no token from within a private network', async () => {
    const file = { ...JSON.parse(drafts.vertex!.apiKey), token_uri: 'http://metadata.google.internal/token' }
    await expect(
      createProvider(owner, { name: 'v', ...drafts.vertex!, apiKey: JSON.stringify(file) }),
    ).rejects.toMatchObject({ param: 'apiKey' })
  })
})
