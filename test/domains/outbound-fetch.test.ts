import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isAllowedAddress } from '#lib/outbound/is-allowed-address.ts'
import { ForbiddenAddress, judgedLookup } from '#lib/outbound/judged-lookup.ts'
import { outboundFetch } from '#lib/outbound/outbound-fetch.ts'

// Private upstreams are not allowed in this file.
const server = createServer((_, response) => response.end('reached'))
let port: number

beforeAll(async () => {
  process.env.DATABASE_URL = 'postgresql://unused'
  process.env.STIPEND_SECRET = 'a secret of at least 32 characters, for tests only'
  process.env.STIPEND_ALLOW_PRIVATE_UPSTREAMS = 'false'
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  port = (server.address() as AddressInfo).port
})
afterAll(() => server.close())

const request = { headers: {}, timeoutMs: 2_000, maxBytes: 1_000 }

describe('an outbound call', () => {
  it('goes to no private address', async () => {
    for (const host of ['127.0.0.1', 'localhost', '[::1]', '0.0.0.0']) {
      await expect(outboundFetch(`https://${host}:${port}/`, request)).rejects.toMatchObject({
        code: 'invalid_request_error',
      })
    }
  })
})

describe('looking up a host', () => {
  const lookUp = (addresses: string[]) =>
    new Promise((answer, fail) => {
      const resolve = async () => addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))
      const isAllowed = (ip: string) => isAllowedAddress(ip, false)
      judgedLookup(isAllowed, resolve)('example.com', { all: true }, (error, found) =>
        error ? fail(error) : answer(found),
      )
    })

  it('hands on what it has judged', async () => {
    expect(await lookUp(['8.8.8.8', '2606:4700::1111'])).toEqual([
      { address: '8.8.8.8', family: 4 },
      { address: '2606:4700::1111', family: 6 },
    ])
  })

  it.each([[['127.0.0.1']], [['8.8.8.8', '10.0.0.1']], [['8.8.8.8', '::ffff:7f00:1']], [[]]])(
    'refuses a name that means %j',
    async (addresses) => {
      await expect(lookUp(addresses)).rejects.toBeInstanceOf(ForbiddenAddress)
    },
  )
})
