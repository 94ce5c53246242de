import type { DialectName } from '#lib/core/dialects.ts'
import { readData } from '#proxy/sse/read-data.ts'
import type { Recording } from '#test/proxy/support/traffic.ts'
import { clients } from './clients.ts'
import { type Facts, factsOf } from './facts.ts'
import { model, replayGateway, wireOf, wires } from './replay-gateway.ts'

/** "pass", or what went otherwise. */
type Verdict = string

export interface Row {
  file: string
  api: string
  status: number
  /** In its own dialect the caller gets what was recorded. */
  same: Verdict
  /** In each other dialect the real client reads the same from it. */
  cross: Partial<Record<DialectName, Verdict>>
  /** What is booked is what the recording states. */
  metered: Verdict
}

const questions: Record<string, Record<string, unknown>> = {
  chat_completions: { messages: [{ role: 'user', content: 'Hi' }] },
  messages: { max_tokens: 1000, messages: [{ role: 'user', content: 'Hi' }] },
  responses: { input: 'Hi' },
  generateContent: { contents: [{ role: 'user', parts: [{ text: 'Hi' }] }] },
  completions: { prompt: 'Hi' },
  embeddings: { input: 'Hi' },
  embedContent: { content: { parts: [{ text: 'Hi' }] } },
  batchEmbedContents: { requests: [{ model: `models/${model}`, content: { parts: [{ text: 'Hi' }] } }] },
}

/** Puts one recording behind the gateway and looks at it from every side. */
export async function judgeRecording(recording: Recording, seed: number): Promise<Row> {
  const [, api = '', kind = ''] = recording.file.split('.')
  const isStream = kind === 'stream'
  const { file, status } = recording
  const row: Row = { file, api, status, same: '', cross: {}, metered: '' }
  Object.assign(row, await judgeSame(recording, api, isStream, seed))
  // What has no words, or is asked in the older way, has no like in another dialect.
  if (status >= 300 || api === 'completions' || api === 'embeddings') return row
  const expected = factsOf(recording, api, isStream)
  for (const [dialect, ask] of Object.entries(clients)) {
    if (dialect === wires[api]?.speaks) continue
    const { send } = replayGateway(recording, api, seed)
    const name = dialect as DialectName
    row.cross[name] = await ask(send, isStream).then(
      (facts) => differenceOf(expected, facts),
      (error: unknown) => `error: ${error instanceof Error ? error.message : String(error)}`.slice(0, 160),
    )
  }
  return row
}

async function judgeSame(recording: Recording, api: string, isStream: boolean, seed: number) {
  const { send, ledger } = replayGateway(recording, api, seed)
  const { speaks, path } = wireOf(recording, api)
  const isGemini = speaks === 'gemini'
  const question = questions[path.split(':')[1] || api]
  const body = { ...question, ...(!isGemini && { model, ...(isStream && { stream: true }) }) }
  const method = isStream ? 'streamGenerateContent?alt=sse' : 'generateContent'
  const headers = { authorization: 'Bearer sk-stp-test', 'content-type': 'application/json' }
  const url = `http://gateway.test${path}${path.endsWith(':') ? method : ''}`
  const response = await send(url, { method: 'POST', headers, body: JSON.stringify(body) })
  const text = await response.text()
  if (recording.status >= 300) {
    const isOurs = recording.status === 401 || recording.status === 403
    const same = isOurs
      ? response.status === 502
        ? 'pass'
        : `status ${response.status}`
      : text === recording.body
        ? 'pass'
        : 'other bytes'
    return { same, metered: ledger.spentNanos === 0n ? 'pass' : 'an error was charged' }
  }
  const wanted = isStream ? shownOf(recording.body, api) : recording.body
  const same = withoutCost(text) === wanted ? 'pass' : 'other bytes'
  return { same, metered: judgeUsage(ledger.entries[0]?.outcome, factsOf(recording, api, isStream)) }
}

function judgeUsage(
  outcome: { usage: { inputTokens: number | null; outputTokens: number | null }; estimated: boolean } | undefined,
  { input, output }: Facts,
): Verdict {
  if (!outcome) return 'nothing was booked'
  if (input === null || output === null)
    return outcome.estimated ? 'pass' : 'nothing is stated, and yet it is not estimated'
  const { inputTokens, outputTokens } = outcome.usage
  if (outcome.estimated) return `estimated ${inputTokens} + ${outputTokens}, stated ${input} + ${output}`
  return inputTokens === input && outputTokens === output
    ? 'pass'
    : `booked ${inputTokens} + ${outputTokens}, stated ${input} + ${output}`
}

/** The stream as a caller shall see it who did not ask for usage, with events that are rewritten in one spelling. */
function shownOf(body: string, api: string): string {
  const events = body.split(/(?<=\n\n|\r\n\r\n)/)
  return events
    .map((event) => {
      const [value] = readData(Buffer.from(event)) as Record<string, unknown>[]
      const response = value?.response as Record<string, unknown> | undefined
      if (api === 'generateContent') return isLastOfGemini(value) ? respelled(event, value) : event
      if (api === 'messages') return value?.type === 'message_delta' && value.usage ? respelled(event, value) : event
      if (api === 'responses')
        return response?.usage && /completed|incomplete|failed/.test(String(value?.type))
          ? respelled(event, value)
          : event
      const {
        usage,
        x_groq: groq,
        ...rest
      } = (value ?? {}) as Record<string, unknown> & { x_groq?: { usage?: object } }
      if (!usage && !groq?.usage) return event
      if (Array.isArray(rest.choices) && rest.choices.length === 0) return ''
      const { usage: _usage, ...others } = groq ?? {}
      return respelled(event, groq ? { ...rest, x_groq: others } : rest)
    })
    .join('')
}

function isLastOfGemini(value: Record<string, unknown> | undefined): boolean {
  const candidates = (value?.candidates ?? []) as Record<string, unknown>[]
  return value?.usageMetadata != null && candidates.some(({ finishReason }) => finishReason != null)
}

function respelled(event: string, value: unknown): string {
  const name = /^event: ?.*$/m.exec(event)?.[0]
  return `${name ? `${name.trimEnd()}\n` : ''}data: ${JSON.stringify(value)}\n\n`
}

function withoutCost(text: string): string {
  return text.replace(/,"cost":"[\d.]+"(?=\})/g, '')
}

function differenceOf(expected: Facts, seen: Facts): Verdict {
  if (seen.text !== expected.text)
    return `text ${JSON.stringify(seen.text.slice(0, 40))}, not ${JSON.stringify(expected.text.slice(0, 40))}`
  if (JSON.stringify(seen.tools) !== JSON.stringify(expected.tools)) {
    return `tools ${JSON.stringify(seen.tools).slice(0, 60)}, not ${JSON.stringify(expected.tools).slice(0, 60)}`
  }
  if (expected.finish !== null && seen.finish !== expected.finish)
    return `finish ${seen.finish}, not ${expected.finish}`
  if (expected.input !== null && seen.input !== expected.input) return `input ${seen.input}, not ${expected.input}`
  if (expected.output !== null && seen.output !== expected.output)
    return `output ${seen.output}, not ${expected.output}`
  return 'pass'
}
