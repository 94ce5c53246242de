import type { ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Behaviour } from './behaviour.ts'
import type { ChatAnswer } from './dialects/openai-chat.ts'
import type { Call } from './journal.ts'

const enormousBytes = 64 * 1024 * 1024

/** Sends a plain answer, or what a fault makes of it. */
export function sendBody(response: ServerResponse, answer: ChatAnswer, { fault }: Behaviour, call: Call): void {
  const body = { ...answer.body }
  if (fault === 'usage-missing') delete body.usage
  if (fault === 'usage-null') body.usage = null
  let text = JSON.stringify(body)
  if (fault === 'invalid-json') text = text.slice(0, -10)
  if (fault === 'enormous-body') text = `${text.slice(0, -1)},"padding":"${'x'.repeat(enormousBytes)}"}`
  const type = fault === 'wrong-content-type' ? 'text/plain' : 'application/json'
  response.writeHead(200, { 'content-type': type, 'content-length': Buffer.byteLength(text) })
  call.servedTokens = answer.completionTokens
  if (fault === 'reset-mid-chunk' || fault === 'reset-between-events') {
    response.write(text.slice(0, text.length / 2), () => response.destroy())
    return
  }
  call.reported = (body.usage as Record<string, unknown> | null | undefined) ?? null
  response.end(text)
}

/** Streams the answer event by event; returns false when it was cut short on purpose. */
export async function sendStream(
  response: ServerResponse,
  answer: ChatAnswer,
  behaviour: Behaviour,
  call: Call,
  isGone: () => boolean,
): Promise<boolean> {
  const { fault } = behaviour
  response.writeHead(200, {
    'content-type': fault === 'wrong-content-type' ? 'text/plain' : 'text/event-stream; charset=utf-8',
  })
  const middle = Math.floor(answer.events.length / 2)
  const write = writerOf(response, behaviour.cutSeed)
  for (const [index, event] of answer.events.entries()) {
    if (isGone()) return false
    if (index === middle && fault === 'reset-between-events') return cut(response)
    if (index === middle && fault === 'reset-mid-chunk') {
      response.write(`data: ${event.data.slice(0, event.data.length / 2)}`)
      return cut(response)
    }
    if (index === middle && fault === 'error-mid-stream') {
      response.end(
        `data: ${JSON.stringify({ error: { message: 'The server had an error.', type: 'server_error' } })}\n\n`,
      )
      return true
    }
    const isUsage = index === answer.events.length - 1 && event.data.includes('"choices":[]')
    if (isUsage && fault === 'usage-missing') continue
    const data =
      isUsage && fault === 'usage-null' ? event.data.replace(/"usage":\{.*\}\}$/, '"usage":null}') : event.data
    if (isUsage && fault !== 'usage-null') call.reported = answer.usage
    if (isUsage && fault === 'usage-twice') await write(`data: ${data}\n\n`)
    call.servedTokens += event.tokens
    await write(`data: ${fault === 'invalid-json' && index === middle ? data.slice(3) : data}\n\n`)
    if (behaviour.chunkDelayMs > 0) await sleep(behaviour.chunkDelayMs)
  }
  response.end(fault === 'end-without-done' ? undefined : 'data: [DONE]\n\n')
  return true
}

async function cut(response: ServerResponse): Promise<false> {
  await sleep(5) // lets what was written leave first
  response.destroy()
  return false
}

/** Writes a text, whole or in pieces cut at seeded places; waits for a slow reader. */
function writerOf(response: ServerResponse, seed: number | null): (text: string) => Promise<void> {
  let state = seed ?? 0
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
  const put = async (bytes: Buffer | string) => {
    if (!response.write(bytes)) {
      await new Promise<void>((go) => {
        response.once('drain', go)
        response.once('close', go)
      })
    }
  }
  if (seed === null) return put
  return async (text) => {
    const bytes = Buffer.from(text)
    for (let at = 0; at < bytes.length; ) {
      const end = Math.min(bytes.length, at + 1 + Math.floor(next() * 40))
      await put(bytes.subarray(at, end))
      await sleep(0)
      at = end
    }
  }
}
