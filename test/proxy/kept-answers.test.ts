import OpenAI from 'openai'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { sayJson } from './support/vendor.ts'
import { caller, deploymentOf, mountNames, secret, startWorld, type World } from './support/world.ts'

const kept = {
  id: 'resp_1',
  object: 'response',
  status: 'completed',
  output: [{ type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'Hello.', annotations: [] }] }],
  usage: { input_tokens: 9, output_tokens: 3, total_tokens: 12 },
}

/** What a vendor keeps is found by the key that asked for it, and by no other. */
describe.each(mountNames)('a kept response on %s', (mountName) => {
  let world: World
  let client: OpenAI

  beforeEach(async () => {
    world = await startWorld(mountName)
    world.route.deployments = [deploymentOf(world.vendor, { speaks: ['openai-chat', 'openai-responses'] })]
    world.vendor.script = sayJson(kept)
    client = new OpenAI({ apiKey: secret, baseURL: `${world.baseUrl}/v1`, fetch: world.send, maxRetries: 0 })
  })

  afterEach(async () => {
    await world.close()
    expect(world.ledger.reservedNanos).toBe(0n)
    expect(world.turns).toBe(0)
  })

  const asked = { model: 'gpt-4o', input: 'Hi', max_output_tokens: 50 }

  test('is gone on from, at the deployment that keeps it, with a whole context reserved', async () => {
    await client.responses.create(asked)
    await client.responses.create({ ...asked, previous_response_id: 'resp_1' })
    expect(world.vendor.visits[1]?.body.previous_response_id).toBe('resp_1')
    // 128,000 tokens of input at $2.50, 50 of output at $10.
    expect(world.ledger.reservations[1]).toBe(128_000n * 2_500n + 50n * 10_000n)
  })

  test('is read and deleted at the vendor, for nothing', async () => {
    await client.responses.create(asked)
    expect((await client.responses.retrieve('resp_1', { include: ['reasoning.encrypted_content'] })).id).toBe('resp_1')
    expect(world.vendor.visits[1]?.path).toMatch(/^\/v1\/responses\/resp_1\?include/)
    await client.responses.delete('resp_1')
    await expect(client.responses.retrieve('resp_1')).rejects.toMatchObject({ status: 404 })
    expect(world.ledger.reservations).toHaveLength(1)
  })

  test('is nothing to another key, nor one that was never asked for', async () => {
    await client.responses.create(asked)
    const refused = { status: 400, param: 'previous_response_id' }
    await expect(client.responses.create({ ...asked, previous_response_id: 'resp_2' })).rejects.toMatchObject(refused)
    Object.assign(world.caller, { ...caller, keyId: 'another' })
    await expect(client.responses.create({ ...asked, previous_response_id: 'resp_1' })).rejects.toMatchObject(refused)
    await expect(client.responses.retrieve('resp_1')).rejects.toMatchObject({ status: 404 })
    await expect(client.responses.delete('resp_1')).rejects.toMatchObject({ status: 404 })
    await expect(client.responses.cancel('resp_1')).rejects.toMatchObject({ status: 404 })
    expect(world.vendor.visits).toHaveLength(1)
  })

  test('is not noted when nothing was to be kept', async () => {
    await client.responses.create({ ...asked, store: false })
    await expect(client.responses.retrieve('resp_1')).rejects.toMatchObject({ status: 404 })
  })

  test.each([
    [{ background: true }, 'background'],
    [{ conversation: 'conv_1' }, 'conversation'],
    [{ prompt: { id: 'pmpt_1' } }, 'prompt'],
    [{ input: [{ type: 'item_reference', id: 'msg_1' }] }, 'input.0.type'],
    [{ input: [{ role: 'user', content: [{ type: 'input_file', file_id: 'file_1' }] }] }, 'input.0.content.0.file_id'],
    [{ tools: [{ type: 'web_search' }] }, 'tools.0.type'],
    [{ tools: [{ type: 'code_interpreter', container: 'auto' }] }, 'tools.0.type'],
  ])('and what could be another’s is refused: %j', async (fields, param) => {
    const response = await world.post({ ...asked, ...fields }, { path: '/v1/responses' })
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ error: { code: 'invalid_request_error', param } })
    expect(world.vendor.visits).toHaveLength(0)
  })
})
