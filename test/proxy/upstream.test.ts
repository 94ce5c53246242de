import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Deployment } from '#proxy/gateway.ts'
import { NotDispatched } from '#proxy/upstream/not-dispatched.ts'
import { openPools, type Pools } from '#proxy/upstream/open-pools.ts'
import { sendUpstream } from '#proxy/upstream/send-upstream.ts'
import { sayJson, startVendor, type Vendor } from './support/vendor.ts'
import { deploymentOf, eventually } from './support/world.ts'

describe('sending upstream', () => {
  let vendor: Vendor
  let asked: string[]
  let pools: Pools

  beforeEach(async () => {
    vendor = await startVendor()
    asked = []
    pools = openPools({ headersMs: 300, idleMs: 300, isAllowedAddress: (ip) => asked.push(ip) > 0 })
  })

  afterEach(async () => {
    await pools.close()
    await vendor.close()
  })

  function send(more: Partial<Deployment> = {}, through = pools, headers: Record<string, string> = {}) {
    return sendUpstream(through, {
      deployment: deploymentOf(vendor, more),
      path: '/chat/completions',
      headers: { 'content-type': 'application/json', ...headers },
      body: '{}',
      signal: new AbortController().signal,
    })
  }

  const strict = () => openPools({ headersMs: 300, idleMs: 300, isAllowedAddress: () => false })

  test.each(['127.0.0.1', 'localhost', '[::1]', '0x7f.1', '2130706433', '[::ffff:127.0.0.1]'])(
    'never connects to %s when its address is not allowed',
    async (host) => {
      const none = strict()
      const { port } = new URL(vendor.baseUrl)
      const failure = await send({ baseUrl: `http://${host}:${port}/v1` }, none).catch((error: unknown) => error)
      expect(failure).toBeInstanceOf(NotDispatched)
      expect(failure).toMatchObject({ code: 'upstream_error' })
      expect(vendor.visits).toHaveLength(0)
      await none.close()
    },
  )

  test('asks about every address of a name, and one that is not allowed spoils them all', async () => {
    const { port } = new URL(vendor.baseUrl)
    const seen: string[] = []
    const onlyFirst = openPools({ headersMs: 300, idleMs: 300, isAllowedAddress: (ip) => seen.push(ip) === 1 })
    const answer = await send({ baseUrl: `http://localhost:${port}/v1` }, onlyFirst).catch((error: unknown) => error)
    if (seen.length > 1) expect(answer).toBeInstanceOf(NotDispatched)
    else expect(answer).toMatchObject({ status: 200 })
    expect(seen[0]).toMatch(/^(127\.0\.0\.1|::1)$/)
    await onlyFirst.close()
  })

  test('asks about a literal address as well', async () => {
    await (await send()).body[Symbol.asyncIterator]().return?.()
    expect(asked).toEqual(['127.0.0.1'])
  })

  test.each([
    ['no URL', 'nonsense'],
    ['a port where nobody listens', 'http://127.0.0.1:1/v1'],
    ['a name that does not resolve', 'http://nobody.invalid/v1'],
  ])('has not sent anything to %s', async (_, baseUrl) => {
    await expect(send({ baseUrl })).rejects.toBeInstanceOf(NotDispatched)
  })

  test('has not sent anything when the credential does not open', async () => {
    const openCredential = () => {
      throw new Error('sealed for another')
    }
    await expect(send({ openCredential })).rejects.toBeInstanceOf(NotDispatched)
    expect(vendor.visits).toHaveLength(0)
  })

  test('puts the path below the base URL and keeps its query', async () => {
    await send({ baseUrl: `${vendor.baseUrl}/deep/?api-version=1` })
    expect(vendor.visits[0]?.path).toBe('/v1/deep/chat/completions?api-version=1')
  })

  test('sends only what is on the list, and azure its own header', async () => {
    await send({ wire: 'azure' }, pools, { cookie: 'a', 'openai-organization': 'b', connection: 'close' })
    const headers = vendor.visits[0]?.headers ?? {}
    expect(headers).toMatchObject({
      'api-key': 'sk-vendor-canary',
      'accept-encoding': 'identity',
      'x-stipend-depth': '1',
    })
    expect(headers).not.toHaveProperty('authorization')
    expect(headers).not.toHaveProperty('cookie')
    expect(headers).not.toHaveProperty('openai-organization')
  })

  test('brings back only what is on the list', async () => {
    vendor.script = (response) => {
      response
        .writeHead(200, { 'content-type': 'application/json', 'set-cookie': 'a=b', 'x-ratelimit-limit-requests': '5' })
        .end('{}')
    }
    expect((await send()).headers).toEqual({ 'content-type': 'application/json', 'x-ratelimit-limit-requests': '5' })
  })

  test('follows no redirect', async () => {
    vendor.script = (response) => void response.writeHead(302, { location: vendor.baseUrl }).end()
    expect((await send()).status).toBe(302)
    expect(vendor.visits).toHaveLength(1)
  })

  test('takes no compression', async () => {
    vendor.script = (response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('{}'))
    await expect(send()).rejects.toMatchObject({ code: 'upstream_error' })
  })

  test('tells silence from a broken connection', async () => {
    vendor.script = () => {}
    const silence = await send().catch((error: unknown) => error)
    expect(silence).toMatchObject({ code: 'upstream_timeout' })
    expect(silence).not.toBeInstanceOf(NotDispatched)
    vendor.script = (response) => void response.destroy()
    const broken = await send().catch((error: unknown) => error)
    expect(broken).toMatchObject({ code: 'upstream_error' })
    expect(broken).not.toBeInstanceOf(NotDispatched)
  })

  test('shares connections only under the same credential, and lets go of old pools', async () => {
    expect(pools.poolFor('http://a.test', 'one')).toBe(pools.poolFor('http://a.test', 'one'))
    const first = pools.poolFor('http://a.test', 'one')
    expect(first).not.toBe(pools.poolFor('http://a.test', 'two'))
    expect(first).not.toBe(pools.poolFor('http://b.test', 'one'))
    for (let index = 0; index < 300; index++) pools.poolFor('http://a.test', `key ${index}`)
    expect(pools.poolFor('http://a.test', 'one')).not.toBe(first)
    expect(first.closed).toBe(true)
  })

  test('is stopped by whoever does not want its body, read or unread', async () => {
    vendor.script = (response) => void response.writeHead(503).write('x')
    await (await send()).body[Symbol.asyncIterator]().return?.()
    await eventually(() => vendor.cut === 1)
    const reader = (await send()).body[Symbol.asyncIterator]()
    await reader.next()
    const pending = reader.next()
    await reader.return?.()
    await expect(pending).rejects.toThrow()
    await eventually(() => vendor.cut === 2)
  })

  test('stops when told to, also while the body is read', async () => {
    vendor.script = (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: 1\n\n')
    }
    const stop = new AbortController()
    const { body } = await sendUpstream(pools, {
      deployment: deploymentOf(vendor),
      path: '/chat/completions',
      headers: {},
      body: '{}',
      signal: stop.signal,
    })
    const reader = body[Symbol.asyncIterator]()
    await reader.next()
    const pending = reader.next()
    stop.abort()
    await expect(pending).rejects.toThrow()
    vendor.script = sayJson({})
  })
})
