import { Refused } from '../../faults/refusal.ts'
import { isGoodToken } from '../../google/accounts.ts'
import { anthropicMessages } from '../anthropic/anthropic-messages.ts'
import type { Arrival, Dialect } from '../dialect.ts'
import { gemini } from '../gemini/gemini.ts'
import { geminiBase } from '../gemini/gemini-base.ts'
import { refuse } from '../refuse.ts'

const place =
  /^\/v1\/projects\/[a-z][a-z0-9-]+\/locations\/[a-z0-9-]+\/publishers\/(google|anthropic)\/models\/([^/:?]+):(\w+)(?:\?|$)/

interface Address {
  publisher: string
  model: string
  method: string
}

function addressOf(url: string): Address | null {
  const [, publisher, model, method] = place.exec(url) ?? []
  return publisher && model && method ? { publisher, model, method } : null
}

/** What all models of Vertex AI have in common: a token of Google's lets in. */
const vertex = {
  credentialOf: ({ authorization }) => /^Bearer (\S+)$/.exec(authorization ?? '')?.[1] ?? null,
  admit({ headers }: Arrival): void {
    const token = /^Bearer (\S+)$/.exec(headers.authorization ?? '')?.[1]
    if (token && isGoodToken(token) && headers['x-goog-api-key'] === undefined) return
    throw new Refused({
      status: 401,
      code: null,
      type: 'unauthenticated',
      message: 'Request had invalid authentication credentials. Expected OAuth 2 access token.',
    })
  },
  refuse: geminiBase.refuse,
} satisfies Partial<Dialect>

/** Gemini as Vertex AI serves it: every turn says whose it is. */
export const vertexGemini: Dialect = {
  ...gemini,
  ...vertex,
  owns: (path) => addressOf(path)?.publisher === 'google' && gemini.owns(inGoogleWords(path)),
  readAsk(body, url, tokenizer) {
    const { contents } = body as { contents?: { role?: string }[] }
    if (contents?.some(({ role }) => role !== 'user' && role !== 'model')) {
      throw refuse('Please use a valid role: user, model.')
    }
    return gemini.readAsk(body, inGoogleWords(url), tokenizer)
  },
}

function inGoogleWords(url: string): string {
  const { model = '', method = '' } = addressOf(url) ?? {}
  return `/v1/models/${model}:${method}${url.includes('?') ? url.slice(url.indexOf('?')) : ''}`
}

/** Anthropic's Messages as Vertex AI serves them. */
export const vertexAnthropic: Dialect = {
  ...anthropicMessages,
  ...vertex,
  owns: (path) => ['rawPredict', 'streamRawPredict'].includes(methodIfAnthropic(path)),
  readAsk(body, url, tokenizer) {
    const { anthropic_version: version, ...asked } = body as Record<string, unknown>
    if (version !== 'vertex-2023-10-16') throw refuse('anthropic_version: "vertex-2023-10-16" is required')
    if ('model' in asked) throw refuse('model: Extra inputs are not permitted')
    const isStream = methodIfAnthropic(url) === 'streamRawPredict'
    if (isStream !== (asked.stream === true)) throw refuse('stream: does not fit the method')
    return anthropicMessages.readAsk({ ...asked, model: addressOf(url)?.model }, url, tokenizer)
  },
}

function methodIfAnthropic(url: string): string {
  const address = addressOf(url)
  return address?.publisher === 'anthropic' ? address.method : ''
}
