import type { Answer, Part, Report } from '../../answer.ts'
import { unsaidTokens } from '../../writing/unsaid-tokens.ts'
import type { Choice, Completion } from '../../writing/write-completion.ts'
import type { Ask, Telling } from '../dialect.ts'
import { finishReasons } from './finish-reasons.ts'
import { toolCallId } from './write-document.ts'
import { writeUsage } from './write-usage.ts'

/** `chat.completion.chunk` events, ended by `[DONE]`. Usage is null on all of them and follows in one of its own. */
export function writeStream(ask: Ask, completion: Completion, { report, style }: Telling): Answer {
  const isTold = ask.wantsUsage && report !== undefined
  const head = JSON.stringify({
    id: completion.id,
    object: 'chat.completion.chunk',
    created: completion.createdAtSeconds,
    model: ask.model,
    service_tier: 'default',
    system_fingerprint: 'fp_simulator',
  }).slice(0, -1)
  let tokensSoFar = 0

  /** By hand where every token passes: an event is mostly the same bytes. */
  const write = (choices: string, usage: string, tokens: number): Part => ({
    bytes: `data: ${head},"choices":[${choices}]${usage}}\n\n`,
    tokens,
  })
  const say = (index: number, delta: string, tokens: number, finish: string | null = null): Part => {
    tokensSoFar += tokens
    const choice = `{"index":${index},"delta":${delta},"logprobs":null,"finish_reason":${JSON.stringify(finish)}}`
    if (!isTold) return write(choice, '', tokens)
    if (style !== 'cumulative' || !report) return write(choice, ',"usage":null', tokens)
    return tell(choice, { ...report, completionTokens: tokensSoFar }, tokens)
  }
  const tell = (choices: string, told: Report | null, tokens = 0): Part => ({
    ...write(choices, `,"usage":${JSON.stringify(told && writeUsage(told))}`, tokens),
    report: told,
  })

  const parts = sayChoices(completion, say)
  if (isTold && style === 'split' && report) {
    const { promptTokens, cachedTokens, completionTokens, reasoningTokens } = report
    parts.push(tell('', { promptTokens, cachedTokens }), tell('', { completionTokens, reasoningTokens }))
  } else if (isTold && style !== 'cumulative') parts.push(tell('', report))
  parts.push({ bytes: 'data: [DONE]\n\n', tokens: 0 })
  return {
    status: 200,
    headers: { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' },
    isStream: true,
    parts,
    ending: 'end',
  }
}

type Say = (index: number, delta: string, tokens: number, finish?: string) => Part

/** Opens every choice, lets them speak in turn, and ends each when it has no more to say. */
function sayChoices({ id, choices }: Completion, say: Say): Part[] {
  const parts = choices.map((choice, index) => say(index, openingOf(choice, toolCallId(id, index, 0)), 0))
  const steps = choices.map((choice, index) => stepsOf(choice, id, index))
  const longest = Math.max(...steps.map(({ length }) => length))
  for (let at = 0; at < longest; at++) {
    for (const [index, own] of steps.entries()) {
      const step = own[at]
      if (step) parts.push(say(index, step.delta, step.tokens, step.finish))
    }
  }
  return parts
}

interface Step {
  delta: string
  tokens: number
  finish?: string
}

/** All that a choice says after it was opened, piece by piece. */
function stepsOf(choice: Choice, id: string, index: number): Step[] {
  const { sayings, finish } = choice
  const steps = sayings.flatMap(({ pieces, leadTokens, toolName }, place): Step[] => {
    // The first call was opened with the choice.
    const opening =
      place > 0
        ? [
            {
              delta: JSON.stringify({ tool_calls: [callOf(toolName, toolCallId(id, index, place), place)] }),
              tokens: 0,
            },
          ]
        : []
    const said = pieces.map(({ text, tokens }, at) => ({
      delta: deltaOf(toolName, text, place),
      tokens: tokens + (at === 0 ? leadTokens : 0),
    }))
    return [...opening, ...said]
  })
  return [...steps, { delta: '{}', tokens: unsaidTokens(choice), finish: finishReasons[finish] }]
}

function openingOf({ sayings }: Choice, callId: string): string {
  const { toolName } = sayings[0]!
  if (toolName === null) return '{"role":"assistant","content":"","refusal":null}'
  return JSON.stringify({ role: 'assistant', content: null, tool_calls: [callOf(toolName, callId, 0)], refusal: null })
}

function callOf(name: string | null, id: string, index: number): object {
  return { index, id, type: 'function', function: { name, arguments: '' } }
}

function deltaOf(toolName: string | null, text: string, place: number): string {
  const words = JSON.stringify(text)
  return toolName === null
    ? `{"content":${words}}`
    : `{"tool_calls":[{"index":${place},"function":{"arguments":${words}}}]}`
}
