import type { DialectName } from '#lib/core/dialects.ts'
import type { Ask, Result, Shown } from './ask.ts'
import type { Fields } from './fields.ts'

/**
 * An ask cut into what may be left out by itself. Nobody distinguishes: system prompts from the same text in one, an
 * answer's texts from the same text in one, texts of a tool's result from the same lines in one, a tool free to be
 * called from one that nobody said anything about, no thinking from none wanted, a penalty of 0 or a `top_p` of 1 from
 * none.
 */
export function facetsOf(ask: Ask): Fields {
  return {
    system: ask.system.join('\n\n'),
    turns: ask.turns.map((turn) => {
      if (turn.role === 'assistant') return turn
      const results = turn.results.map((result) => ({ ...result, shown: withoutDetail(joined(result.shown)) }))
      return { ...turn, results: results.sort((a, b) => a.of - b.of), said: withoutDetail(turn.said) }
    }),
    detail: ask.turns.flatMap((turn) =>
      turn.role === 'user' ? turn.said.flatMap((one) => ('picture' in one ? [one.detail] : [])) : [],
    ),
    tools: ask.tools.map(({ isStrict: _, ...tool }) => tool),
    strict: ask.tools.map(({ isStrict }) => isStrict),
    toolChoice: ask.toolChoice ?? 'auto',
    parallelTools: ask.parallelTools,
    format: ask.format,
    cap: ask.cap,
    stop: ask.stop,
    temperature: ask.temperature,
    topP: ask.topP === 1 ? null : ask.topP,
    topK: ask.topK,
    seed: ask.seed,
    frequencyPenalty: ask.frequencyPenalty || null,
    presencePenalty: ask.presencePenalty || null,
    thinks: ask.thinks ?? false,
    user: ask.user,
  }
}

const facetNames: Record<string, string> = {
  top_p: 'topP',
  top_k: 'topK',
  frequency_penalty: 'frequencyPenalty',
  presence_penalty: 'presencePenalty',
  user_id: 'user',
  safety_identifier: 'user',
  reasoning_effort: 'thinks',
  reasoning: 'thinks',
  thinking: 'thinks',
  thinkingConfig: 'thinks',
  thinking_config: 'thinks',
  parallel_tool_calls: 'parallelTools',
  disable_parallel_tool_use: 'parallelTools',
}

/** The facet that a name in `x-stipend-dropped` is about. */
export function facetOf(dropped: string): string {
  const name = dropped.split(' ')[0]?.split('.').at(-1) ?? ''
  return facetNames[name] ?? name
}

/** Whether a path or a name is in the body; Google's in either spelling. */
export function holdsField(body: unknown, path: string): boolean {
  const names = (path.split(' ')[0] ?? '').split('.')
  if (names.length > 1) {
    let value = body
    for (const name of names) {
      if (typeof value !== 'object' || value === null) return false
      const snake = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
      value = (value as Fields)[name] ?? (value as Fields)[snake]
    }
    return value !== undefined
  }
  if (typeof body !== 'object' || body === null) return false
  return Object.entries(body).some(([key, value]) => key === names[0] || holdsField(value, path))
}

/** The same ask as far as a dialect has other ways to say it, each of which is documented in `proxy/README.md`. */
export function meaningIn(dialect: DialectName, ask: Ask): Ask {
  if (dialect === 'openai-responses') return { ...ask, turns: ask.turns.map((turn) => withErrorsInWords(turn)) }
  if (dialect !== 'openai-chat') return ask
  return {
    ...ask,
    turns: ask.turns.map((turn) => {
      if (turn.role === 'assistant') return turn
      const moved = turn.results.flatMap(({ shown }) => shown.filter((one) => !('text' in one)))
      const results = turn.results.map((result) => ({ ...result, shown: joined(result.shown.map(inNextMessage)) }))
      return { ...turn, results: results.map(inWords), said: [...moved, ...turn.said] }
    }),
  }
}

/**
 * What need not be the same: where the answer has to be a tool to Messages, one of it and the others is called at a
 * time; where none may be called, nobody cares how many at once; and whoever has to call a tool has no answer to give,
 * of whatever form.
 */
export function openFacets(dialect: DialectName, ask: Ask, body: Fields): string[] {
  if (dialect !== 'anthropic-messages') return []
  const isForced = ask.toolChoice === 'required' || (ask.toolChoice !== null && typeof ask.toolChoice === 'object')
  if (isForced) return ['format']
  if (ask.toolChoice === 'none') return ['parallelTools']
  return JSON.stringify(body).includes('stipend_json_answer') ? ['parallelTools'] : []
}

function inNextMessage(one: Shown): Shown {
  return 'text' in one ? one : { text: '(shown in the next message)' }
}

function withErrorsInWords(turn: Ask['turns'][number]): Ask['turns'][number] {
  if (turn.role === 'assistant') return turn
  return { ...turn, results: turn.results.map(inWords) }
}

function inWords(result: Result): Result {
  if (!result.isError) return result
  const [first, ...rest] = result.shown
  const told =
    first && 'text' in first ? [{ text: `Error: ${first.text}` }, ...rest] : [{ text: 'Error: ' }, ...result.shown]
  return { ...result, shown: told, isError: false }
}

/** Its text in one, before what else it showed. */
function joined(shown: Shown[]): Shown[] {
  const texts = shown.flatMap((one) => ('text' in one && one.text !== '' ? [one.text] : []))
  return [...(texts.length > 0 ? [{ text: texts.join('\n') }] : []), ...shown.filter((one) => !('text' in one))]
}

function withoutDetail(shown: Shown[]): Shown[] {
  return shown.map((one) => ('picture' in one ? { ...one, detail: null } : one))
}
