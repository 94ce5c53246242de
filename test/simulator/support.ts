import OpenAI from 'openai'
import type { Call } from '#simulator/journal/call.ts'
import type { Simulator } from '#simulator/start-simulator.ts'

export const question = [{ role: 'user' as const, content: 'What is a budget?' }]

/** The real client; it never tries again by itself, so that one call is one call. */
export function clientOf(simulator: Simulator, apiKey = 'sim-test'): OpenAI {
  return new OpenAI({ baseURL: simulator.url, apiKey, maxRetries: 0, timeout: 20_000 })
}

/** The calls once all of them have ended. */
export async function endedCalls({ journal }: Simulator): Promise<readonly Call[]> {
  await journal.whenIdle()
  return journal.calls
}

export function post(simulator: Simulator, body: unknown, signal?: AbortSignal): Promise<Response> {
  return fetch(`${simulator.url}/chat/completions`, {
    method: 'POST',
    redirect: 'manual',
    headers: { authorization: 'Bearer sim-test', 'content-type': 'application/json', 'x-request-id': 'mine' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
    ...(signal && { signal }),
  })
}

/** The data of the events of a stream. */
export function eventsOf(text: string): string[] {
  return text
    .split('\n\n')
    .filter((event) => event.startsWith('data: '))
    .map((event) => event.slice('data: '.length))
}
