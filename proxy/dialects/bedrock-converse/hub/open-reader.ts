import type { AnswerPart, FinishReason } from '../../../hub/answer-part.ts'
import { answerToolName } from '../../../hub/answer-tool.ts'
import type { AnswerReader } from '../../../hub/hub.ts'
import { asRecord } from '../../../json/as-record.ts'
import { listOf, textOr } from '../../../json/read-value.ts'

const finishReasons: Record<string, FinishReason> = {
  end_turn: 'stop',
  stop_sequence: 'stop',
  max_tokens: 'length',
  model_context_window_exceeded: 'length',
  tool_use: 'tools',
  guardrail_intervened: 'filter',
  content_filtered: 'filter',
}

type Value = Readonly<Record<string, unknown>>

/** Reads the events of an answer. */
export function openReader(): AnswerReader {
  let finish: AnswerPart = { type: 'finish', reason: 'stop' }
  /** The input of the tool that stands for the answer is what the model says. */
  let isAnswer = false
  let hasAnswered = false

  return {
    read(value) {
      const event = asRecord(value)
      if (event.type === 'error') {
        return [{ type: 'failure', message: textOr(asRecord(event.error).message, 'The provider failed.') }]
      }
      if (event.contentBlockStart !== undefined) {
        const tool = asRecord(asRecord(asRecord(event.contentBlockStart).start).toolUse)
        isAnswer = tool.name === answerToolName
        hasAnswered ||= isAnswer
        return tool.name === undefined || isAnswer ? [] : [beginTool(tool)]
      }
      if (event.contentBlockDelta !== undefined) {
        return readDelta(asRecord(asRecord(event.contentBlockDelta).delta), isAnswer)
      }
      if (event.contentBlockStop !== undefined) {
        isAnswer = false
        return [{ type: 'break' }]
      }
      const reason = asRecord(event.messageStop).stopReason
      if (typeof reason === 'string') finish = finishOf(reason, hasAnswered)
      return []
    },
    end: () => [finish],
  }
}

/** Reads a whole answer. */
export function readAnswer(value: unknown): AnswerPart[] {
  const { output, stopReason } = asRecord(value)
  const blocks = listOf(asRecord(asRecord(output).message).content).map(asRecord)
  const isAnswer = ({ toolUse }: Value): boolean => asRecord(toolUse).name === answerToolName
  const parts = blocks.flatMap<AnswerPart>((block) => [...readBlock(block, isAnswer(block)), { type: 'break' }])
  return [...parts, finishOf(textOr(stopReason, 'end_turn'), blocks.some(isAnswer))]
}

function readBlock(block: Value, isAnswer: boolean): AnswerPart[] {
  if (block.toolUse !== undefined) {
    const tool = asRecord(block.toolUse)
    const json = JSON.stringify(tool.input ?? {})
    return isAnswer ? [{ type: 'text', text: json }] : [beginTool(tool), { type: 'input', json }]
  }
  if (block.citationsContent !== undefined) {
    return listOf(asRecord(block.citationsContent).content).flatMap((said) => readDelta(asRecord(said), false))
  }
  if (block.reasoningContent === undefined) return readDelta(block, false)
  const { reasoningText, redactedContent } = asRecord(block.reasoningContent)
  const { text, signature } = asRecord(reasoningText)
  return [{ text }, { signature }, { redactedContent }].flatMap((reasoningContent) =>
    readDelta({ reasoningContent }, false),
  )
}

function finishOf(reason: string, hasAnswered: boolean): AnswerPart {
  const known = finishReasons[reason] ?? 'stop'
  return { type: 'finish', reason: hasAnswered && known === 'tools' ? 'stop' : known }
}

function beginTool(tool: Value): AnswerPart {
  return { type: 'tool', id: textOr(tool.toolUseId, ''), name: textOr(tool.name, '') }
}

function readDelta(delta: Value, isAnswer: boolean): AnswerPart[] {
  if (typeof delta.text === 'string') return delta.text === '' ? [] : [{ type: 'text', text: delta.text }]
  if (delta.toolUse !== undefined) {
    const json = textOr(asRecord(delta.toolUse).input, '')
    if (json === '') return []
    return isAnswer ? [{ type: 'text', text: json }] : [{ type: 'input', json }]
  }
  const { text, signature, redactedContent } = asRecord(delta.reasoningContent)
  if (typeof text === 'string') return text === '' ? [] : [{ type: 'reasoning', text }]
  if (typeof signature === 'string' && signature !== '') {
    return [{ type: 'seal', seal: { origin: 'bedrock-converse', value: signature } }]
  }
  if (typeof redactedContent !== 'string') return []
  return [{ type: 'seal', seal: { origin: 'bedrock-converse', value: redactedContent, isWhole: true } }]
}
