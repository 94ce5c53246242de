import type { Answer, Part, Report } from '../../answer.ts'
import type { Completion } from '../../writing/write-completion.ts'
import type { Ask, Telling } from '../dialect.ts'
import { answerOf, callPart, type GeminiCandidate, signed, thoughtPart } from './answer-of.ts'

const arrayType = 'application/json; charset=UTF-8'

/** Pieces of an answer, each an answer of its own; the last says how it ended. As events, or as one JSON array. */
export function writeStream(ask: Ask, completion: Completion, { report, style }: Telling): Answer {
  const { choices } = completion
  const parts: Part[] = []
  let tokensSoFar = 0

  const say = (candidates: (GeminiCandidate | null)[], tokens: number, told?: Report | null): void => {
    tokensSoFar += tokens
    const isCumulative = told === undefined && style === 'cumulative' && report
    const usage = isCumulative ? { ...report, completionTokens: tokensSoFar } : told
    const data = JSON.stringify(answerOf(ask, completion, candidates, usage))
    const bytes = openEvent(data, ask.isArray === true, parts.length === 0)
    parts.push({ bytes, tokens, ...(usage !== undefined && { report: usage }) })
  }
  const only = (index: number, part: GeminiCandidate['parts'][number]): (GeminiCandidate | null)[] =>
    choices.map((_, at) => (at === index ? { parts: [part], finish: null } : null))

  if (ask.showsThought) for (const index of choices.keys()) say(only(index, thoughtPart), 0)
  const longest = Math.max(...choices.map(({ pieces }) => pieces.length))
  for (let at = 0; at < longest; at++) {
    for (const [index, choice] of choices.entries()) {
      const piece = choice.pieces[at]
      const lead = at === 0 ? choice.leadTokens : 0
      if (choice.toolName === null) {
        if (piece) say(only(index, { text: piece.text, ...(at === 0 && signed(ask)) }), piece.tokens + lead)
      } else if (at === 0) {
        const tokens = choice.pieces.reduce((sum, one) => sum + one.tokens, lead)
        say(only(index, callPart(choice, ask)), tokens)
      }
    }
  }
  // Thoughts that leave no room for words are told with the end.
  const leftover = choices.reduce((sum, { pieces, leadTokens }) => sum + (pieces.length === 0 ? leadTokens : 0), 0)
  const ends = choices.map(({ finish }) => ({ parts: [], finish }))
  if (style === 'split' && report) {
    const { promptTokens, cachedTokens, completionTokens, reasoningTokens } = report
    say([], leftover, { promptTokens, cachedTokens })
    say(ends, 0, { completionTokens, reasoningTokens })
  } else say(ends, leftover, style === 'cumulative' ? undefined : report)
  if (ask.isArray) parts.push({ bytes: ']', tokens: 0 })
  return {
    status: 200,
    headers: { 'content-type': ask.isArray ? arrayType : 'text/event-stream' },
    isStream: true,
    parts,
    ending: 'end',
  }
}

/** One piece as it stands in a stream. */
export function openEvent(data: string, isInArray: boolean, isFirst: boolean): string {
  if (!isInArray) return `data: ${data}\r\n\r\n`
  return isFirst ? `[${data}` : `,\r\n${data}`
}

/** Whether a stream is one JSON array. */
export function isArray({ headers }: Answer): boolean {
  return headers['content-type'] === arrayType
}
