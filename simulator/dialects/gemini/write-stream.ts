import type { Answer, Part, Report } from '../../answer.ts'
import type { Completion } from '../../writing/write-completion.ts'
import type { Ask, Telling } from '../dialect.ts'
import { thoughtOf } from '../thought.ts'
import { arrayType, openEvent } from './open-event.ts'
import { callPartsOf, finishReasons, isSigned } from './parts-of.ts'
import { signatureOf } from './seal.ts'
import { writeUsage } from './write-usage.ts'

/**
 * The answers of a stream, as events or as one JSON array: words as they come, calls when they are whole, and last of all
 * one without words that says how it ended. Every one of them tells the prompt; what was written is told with the last.
 */
export function writeStream(ask: Ask, completion: Completion, { report, style }: Telling): Answer {
  const events: Part[] = []
  const { promptTokens, cachedTokens } = report ?? {}
  let tokensSoFar = 0

  const toldNow = (): Report | null | undefined => {
    if (!report || style === 'split') return undefined
    return style === 'cumulative'
      ? {
          ...report,
          completionTokens: tokensSoFar,
          reasoningTokens: Math.min(Number(report.reasoningTokens ?? 0), tokensSoFar),
        }
      : { promptTokens, cachedTokens }
  }
  const write = (candidate: object | null, tokens: number, told: Report | null | undefined): void => {
    const answer = {
      ...(candidate && { candidates: [candidate] }),
      ...(told !== undefined && { usageMetadata: told && writeUsage(told) }),
      modelVersion: ask.model,
      responseId: completion.id,
    }
    const bytes = openEvent(JSON.stringify(answer), ask.isArray === true, events.length === 0)
    events.push({ bytes, tokens, ...(told !== undefined && { report: told }) })
  }
  const say = (index: number, parts: object[], tokens: number): void => {
    tokensSoFar += tokens
    write({ content: { parts, role: 'model' }, index }, tokens, toldNow())
  }

  completion.choices.forEach((choice, index) => {
    const [first] = choice.sayings
    const { thoughtTokens, toolName } = first!
    if (ask.showsThought) say(index, [{ text: thoughtOf(ask), thought: true }], thoughtTokens)
    // Of a thought that is not shown, or leaves no room for words, the tokens come with what does follow.
    let due = ask.showsThought ? -thoughtTokens : 0
    for (const [place, { pieces, leadTokens }] of choice.sayings.entries()) {
      due += leadTokens
      if (toolName !== null) {
        const tokens = due + pieces.reduce((sum, piece) => sum + piece.tokens, 0)
        say(index, callPartsOf(choice, ask).slice(place, place + 1), tokens)
        due = 0
      } else {
        for (const { text, tokens } of pieces) {
          say(index, [{ text }], due + tokens)
          due = 0
        }
      }
    }
    const sealed = toolName === null && isSigned(ask) ? { thoughtSignature: signatureOf({}) } : {}
    const end = {
      content: { parts: [{ text: '', ...sealed }], role: 'model' },
      finishReason: finishReasons[choice.finish],
      index,
    }
    const isLast = index === completion.choices.length - 1
    tokensSoFar += due
    if (report && style === 'split' && isLast) write(null, 0, { promptTokens, cachedTokens })
    const { completionTokens, reasoningTokens } = report ?? {}
    const told = !isLast ? toldNow() : report && style === 'split' ? { completionTokens, reasoningTokens } : report
    write(end, due, told)
  })
  if (ask.isArray) events.push({ bytes: ']', tokens: 0 })
  return {
    status: 200,
    headers: { 'content-type': ask.isArray ? arrayType : 'text/event-stream' },
    isStream: true,
    parts: events,
    ending: 'end',
  }
}
