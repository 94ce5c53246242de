/**
 * A vendor in a process of its own: the same stream for everyone, an event at a time, the first at once. Says when it wrote
 * those since it was asked last.
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { nowMs } from './now-ms.ts'

const events = Number(process.argv[2])
const words = Array.from({ length: events }, (_, index) => `word${index % 10} `)

const chat = [
  ...words.map((content) => ({
    id: 'chatcmpl-1',
    object: 'chat.completion.chunk',
    created: 1_764_000_000,
    model: 'gpt-4o-2024-08-06',
    service_tier: 'default',
    system_fingerprint: 'fp_1',
    choices: [{ index: 0, delta: { content }, logprobs: null, finish_reason: null }],
    usage: null,
  })),
  {
    id: 'chatcmpl-1',
    object: 'chat.completion.chunk',
    choices: [{ index: 0, delta: {}, finish_reason: 'stop' }],
    usage: null,
  },
  {
    id: 'chatcmpl-1',
    object: 'chat.completion.chunk',
    choices: [],
    usage: { prompt_tokens: 9, completion_tokens: events * 2, total_tokens: 9 + events * 2 },
  },
].map((event) => `data: ${JSON.stringify(event)}\n\n`)

const message = {
  id: 'msg_1',
  type: 'message',
  role: 'assistant',
  model: 'claude',
  content: [],
  usage: { input_tokens: 9, output_tokens: 1 },
}
const messages = [
  { type: 'message_start', message },
  { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
  ...words.map((text) => ({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } })),
  { type: 'content_block_stop', index: 0 },
  {
    type: 'message_delta',
    delta: { stop_reason: 'end_turn', stop_sequence: null },
    usage: { output_tokens: events * 2 },
  },
  { type: 'message_stop' },
].map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`)

const streams: Record<string, string[]> = {
  '/v1/chat/completions': [...chat, 'data: [DONE]\n\n'],
  '/v1/messages': messages,
}

let wroteAtMs: number[] = []

const server = createServer((request, response) => {
  let body = ''
  request.on('data', (chunk) => {
    body += chunk
  })
  request.on('end', () => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    const whole = streams[request.url ?? ''] ?? []
    // Who only wants to see the first byte gets little more.
    const { max_tokens: cap, max_completion_tokens: newerCap = cap } = JSON.parse(body)
    const stream = newerCap < 1000 ? [...whole.slice(0, 3), ...whole.slice(-3)] : whole
    let next = 1
    wroteAtMs.push(nowMs())
    response.write(stream[0])
    const timer = setInterval(() => {
      if (next < stream.length) return void response.write(stream[next++])
      clearInterval(timer)
      response.end()
    }, 2)
  })
})
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port))

process.on('message', () => {
  process.send?.(wroteAtMs)
  wroteAtMs = []
})

// Whoever started it is gone.
process.on('disconnect', () => process.exit())
