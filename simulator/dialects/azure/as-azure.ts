import type { Part } from '../../answer.ts'
import type { Refusal } from '../../faults/refusal.ts'
import type { Dialect } from '../dialect.ts'
import { admitAzure } from './admit-azure.ts'
import { readAddress } from './read-address.ts'

/** One of OpenAI's dialects as Azure serves it: at its own paths, with its own header, and judged by its filters. */
export function asAzure(dialect: Dialect, call: '/chat/completions' | '/responses'): Dialect {
  return {
    ...dialect,
    owns: (path) => path.startsWith('/openai/') && path.endsWith(call),
    credentialOf: ({ 'api-key': key }) => (typeof key === 'string' ? key : null),
    admit: admitAzure,
    readAsk(body, path, tokenizer) {
      const { deployment } = readAddress(path)
      // The path says which deployment; what the body calls it means nothing then.
      return dialect.readAsk(deployment === null ? body : { ...(body as object), model: deployment }, path, tokenizer)
    },
    describe: (callId) => ({
      'apim-request-id': callId,
      'x-ms-region': 'Simulator',
      'x-ratelimit-remaining-requests': '999',
      'x-ratelimit-remaining-tokens': '99999',
    }),
    writeAnswer(ask, completion, telling) {
      const answer = dialect.writeAnswer(ask, completion, telling)
      return ask.stream && call === '/chat/completions' ? { ...answer, parts: [judged, ...answer.parts] } : answer
    },
    refuse: (refusal) => ({
      status: refusal.status,
      headers: { 'content-type': 'application/json', ...refusal.headers },
      isStream: false,
      parts: [{ bytes: JSON.stringify(errorOf(refusal)), tokens: 0 }],
      ending: 'end',
    }),
  }
}

const safe = { filtered: false, severity: 'safe' }
const filters = {
  hate: safe,
  self_harm: safe,
  sexual: safe,
  violence: safe,
  jailbreak: { detected: false, filtered: false },
}

/** What the filters found in the question comes before anything else, in a chunk that nobody has an id for yet. */
const judged: Part = {
  bytes: `data: ${JSON.stringify({
    choices: [],
    created: 0,
    id: '',
    model: '',
    object: '',
    prompt_filter_results: [{ prompt_index: 0, content_filter_results: filters }],
  })}\n\n`,
  tokens: 0,
}

/** Azure's own gateway has codes of its own, what stands behind it OpenAI's. */
function errorOf({ status, code, message, type, param }: Refusal): object {
  if (status === 401 || status === 404 || status === 429) return { error: { code: code ?? String(status), message } }
  return { error: { message, type, param: param ?? null, code } }
}
