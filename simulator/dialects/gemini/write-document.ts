import type { Answer } from '../../answer.ts'
import type { Completion } from '../../writing/write-completion.ts'
import type { Ask, Telling } from '../dialect.ts'
import { answerOf, callPart, signed, thoughtPart } from './answer-of.ts'

/** An answer to generateContent. */
export function writeDocument(ask: Ask, completion: Completion, { report }: Telling): Answer {
  const candidates = completion.choices.map((choice) => {
    const text = choice.pieces.map((piece) => piece.text).join('')
    const said = choice.toolName === null ? { text, ...signed(ask) } : callPart(choice, ask)
    return { parts: ask.showsThought ? [thoughtPart, said] : [said], finish: choice.finish }
  })
  const part = {
    bytes: JSON.stringify(answerOf(ask, completion, candidates, report)),
    tokens: completion.usage.completionTokens,
  }
  return {
    status: 200,
    headers: { 'content-type': 'application/json; charset=UTF-8' },
    isStream: false,
    parts: [report === undefined ? part : { ...part, report }],
    ending: 'end',
  }
}
