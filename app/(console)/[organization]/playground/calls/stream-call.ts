import type { StartedCall } from '#server/call-with-own-key.ts'

const encoder = new TextEncoder()

/**
 * The events of a call: `call` with its id before anything else, so that whoever stops it can look up what it cost; then the
 * gateway's own, or `refusal` with the body that says why. Read only as fast as the page reads.
 */
export function streamCall({ id, answer }: StartedCall, gone: AbortController): ReadableStream<Uint8Array> {
  const events = eventsOf(id, answer)
  return new ReadableStream(
    {
      async pull(controller) {
        const { done, value } = await events.next()
        if (done) controller.close()
        else controller.enqueue(value)
      },
      async cancel() {
        gone.abort()
        await events.return(undefined)
      },
    },
    { highWaterMark: 0 },
  )
}

async function* eventsOf(id: string, answer: Promise<Response>): AsyncGenerator<Uint8Array, undefined> {
  yield event('call', { id })
  const response = await answer
  if (!response.ok || !response.body) {
    yield event('refusal', { status: response.status, body: await response.text() })
    return
  }
  const dropped = response.headers.get('x-stipend-dropped')
  if (dropped) yield event('dropped', { fields: dropped })
  yield* response.body
}

function event(name: string, data: object): Uint8Array {
  return encoder.encode(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`)
}
