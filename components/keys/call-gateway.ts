/** How one real call went. */
export type CallOutcome =
  | { kind: 'answered'; latencyMs: number; costUsd: string | null; text: string }
  | { kind: 'refused'; status: number; code: string | null; message: string | null }
  | { kind: 'unreachable' }

const patienceMs = 120_000

/** Asks a model through the gateway of this very server, with a key and nothing else: no cookie goes along. */
export async function callGateway(secret: string, model: string, prompt: string): Promise<CallOutcome> {
  const startedMs = performance.now()
  try {
    const response = await fetch('/v1/chat/completions', {
      method: 'POST',
      credentials: 'omit',
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model, messages: [{ role: 'user', content: prompt }] }),
      signal: AbortSignal.timeout(patienceMs),
    })
    const body: unknown = await response.json()
    const latencyMs = Math.round(performance.now() - startedMs)
    if (!response.ok) {
      return {
        kind: 'refused',
        status: response.status,
        code: textAt(body, 'error', 'code'),
        message: textAt(body, 'error', 'message'),
      }
    }
    return {
      kind: 'answered',
      latencyMs,
      costUsd: response.headers.get('x-stipend-cost-usd'),
      text: textAt(body, 'choices', '0', 'message', 'content') ?? '',
    }
  } catch {
    return { kind: 'unreachable' }
  }
}

function textAt(value: unknown, ...path: string[]): string | null {
  let at = value
  for (const part of path) {
    if (typeof at !== 'object' || at === null) return null
    at = Reflect.get(at, part)
  }
  return typeof at === 'string' ? at : null
}
