import type { Answer } from '../../answer.ts'
import type { Choice, Completion } from '../../writing/write-completion.ts'
import type { Ask, Telling } from '../dialect.ts'
import { thoughtOf } from '../thought.ts'
import { callPartsOf, finishReasons, isSigned } from './parts-of.ts'
import { signatureOf } from './seal.ts'
import { writeUsage } from './write-usage.ts'

/** A `GenerateContentResponse`. */
export function writeDocument(ask: Ask, completion: Completion, { report }: Telling): Answer {
  const body = {
    candidates: completion.choices.map((choice, index) => ({
      content: { parts: partsOf(choice, ask), role: 'model' },
      finishReason: finishReasons[choice.finish],
      index,
    })),
    ...(report !== undefined && { usageMetadata: report && writeUsage(report) }),
    modelVersion: ask.model,
    responseId: completion.id,
  }
  const part = { bytes: JSON.stringify(body, null, 2), tokens: completion.usage.completionTokens }
  return {
    status: 200,
    headers: { 'content-type': 'application/json; charset=UTF-8' },
    isStream: false,
    parts: [report === undefined ? part : { ...part, report }],
    ending: 'end',
  }
}

function partsOf(choice: Choice, ask: Ask): object[] {
  const thoughts = ask.showsThought ? [{ text: thoughtOf(ask), thought: true }] : []
  const [first] = choice.sayings
  if (first!.toolName !== null) return [...thoughts, ...callPartsOf(choice, ask)]
  const text = first!.pieces.map((piece) => piece.text).join('')
  return [...thoughts, { text, ...(isSigned(ask) && { thoughtSignature: signatureOf({}) }) }]
}
