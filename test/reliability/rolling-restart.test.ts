import { createServer, request as httpRequest, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { type RunningServer, serve } from '#server/serve.ts'

const stops: (() => Promise<unknown>)[] = []

afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop()
})

/** Answers slowly and in pieces, as a model does. */
async function startNode(): Promise<RunningServer> {
  const node = await serve({
    host: '127.0.0.1',
    port: 0,
    drainMs: 300,
    console: (_, response) => void response.end(),
    async gateway(request, response) {
      for await (const _ of request);
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      for (let piece = 0; piece < 20; piece++) {
        response.write(`data: ${piece}\n\n`)
        await new Promise((done) => setTimeout(done, 20))
      }
      response.end('data: [DONE]\n\n')
    },
  })
  return node
}

/** A balancer that asks /readyz and keeps connections alive, as balancers do. */
async function startBalancer(
  nodes: Set<RunningServer>,
): Promise<{ port: number; server: Server; ready: Set<RunningServer> }> {
  const ready = new Set(nodes)
  const look = setInterval(async () => {
    for (const node of nodes) {
      const isReady = await fetch(`http://127.0.0.1:${node.port}/readyz`).then(
        // No database behind it: what is told of stopping is all that counts here.
        async (response) => (await response.text()) !== 'stopping\n',
        () => false,
      )
      if (isReady) ready.add(node)
      else ready.delete(node)
    }
  }, 30)
  let turn = 0
  const server = createServer((incoming, outgoing) => {
    const choices = [...ready]
    const node = choices[turn++ % choices.length]!
    const { method, url, headers } = incoming
    const upstream = httpRequest({ port: node.port, host: '127.0.0.1', method, path: url, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode!, answer.headers)
      answer.pipe(outgoing)
      answer.once('aborted', () => outgoing.destroy())
    })
    upstream.once('error', () => outgoing.destroy())
    incoming.pipe(upstream)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  stops.push(async () => {
    clearInterval(look)
    server.closeAllConnections()
    await new Promise((done) => server.close(done))
  })
  return { port: (server.address() as AddressInfo).port, server, ready }
}

test('a rolling restart under load fails no request and cuts no stream', async () => {
  const nodes = new Set([await startNode(), await startNode()])
  const balancer = await startBalancer(nodes)
  let isOver = false
  let answered = 0
  const failures: string[] = []
  const load = Array.from({ length: 20 }, async () => {
    while (!isOver) {
      try {
        const response = await fetch(`http://127.0.0.1:${balancer.port}/v1/x`, { method: 'POST', body: '{}' })
        const text = await response.text()
        if (text.endsWith('data: 19\n\ndata: [DONE]\n\n')) answered++
        else failures.push(`cut: ${text.slice(-20)}`)
      } catch (error) {
        failures.push(String((error as Error).cause ?? error))
      }
    }
  })
  for (const old of [...nodes]) {
    const before = answered
    await expect.poll(() => answered, { timeout: 20_000 }).toBeGreaterThan(before + 10)
    const young = await startNode()
    nodes.add(young)
    await expect.poll(() => balancer.ready.has(young)).toBe(true)
    await old.stop()
    nodes.delete(old)
    balancer.ready.delete(old)
  }
  isOver = true
  await Promise.all(load)
  for (const node of nodes) await node.stop()
  expect(failures).toEqual([])
  expect(answered).toBeGreaterThan(40)
})
