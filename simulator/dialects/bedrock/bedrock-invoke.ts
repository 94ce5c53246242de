import type { Answer, Part } from '../../answer.ts'
import { anthropicMessages } from '../anthropic/anthropic-messages.ts'
import type { Dialect } from '../dialect.ts'
import { refuse } from './admit-bedrock.ts'
import { bedrock, callOf } from './bedrock.ts'
import { writeEvent } from './write-message.ts'

const methods = new Set<string | undefined>(['invoke', 'invoke-with-response-stream'])

/** Anthropic's Messages as Bedrock hands them through. */
export const bedrockInvoke: Dialect = {
  ...bedrock,
  owns: (path) => methods.has(callOf(path)?.method),
  readAsk(body, url, tokenizer) {
    const { model, method } = callOf(url)!
    const fields = body as Record<string, unknown>
    for (const name of ['model', 'stream']) {
      if (name in fields) throw refuse(400, 'ValidationException', `${name}: Extra inputs are not permitted`)
    }
    const { anthropic_version: version, anthropic_beta: betas = [], ...asked } = fields
    if (version !== 'bedrock-2023-05-31') {
      throw refuse(400, 'ValidationException', 'anthropic_version: "bedrock-2023-05-31" is required')
    }
    if (!Array.isArray(betas)) throw refuse(400, 'ValidationException', 'anthropic_beta: Input should be a valid list')
    return anthropicMessages.readAsk({ ...asked, model, stream: method !== 'invoke' }, url, tokenizer)
  },
  writeAnswer(ask, completion, telling) {
    const answer = anthropicMessages.writeAnswer(ask, completion, telling)
    return ask.stream ? asStream(answer) : answer
  },
}

function asStream(answer: Answer): Answer {
  const parts = answer.parts.map((part): Part => {
    const data = /^data: (.*)$/m.exec(String(part.bytes))?.[1] ?? ''
    return { ...part, bytes: writeEvent('chunk', { bytes: Buffer.from(data).toString('base64'), p: 'abcdefg' }) }
  })
  return { ...answer, headers: { 'content-type': 'application/vnd.amazon.eventstream' }, parts }
}
