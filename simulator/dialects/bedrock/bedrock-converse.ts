import type { Answer, Part, Report } from '../../answer.ts'
import { unsaidTokens } from '../../writing/unsaid-tokens.ts'
import type { Completion } from '../../writing/write-completion.ts'
import { inputOf, stopReasons, toolUseId } from '../anthropic/blocks.ts'
import type { Ask, Dialect, Telling } from '../dialect.ts'
import { documentOf } from '../document-of.ts'
import { bedrock, callOf } from './bedrock.ts'
import { readConverse } from './read-converse.ts'
import { writeEvent } from './write-message.ts'

const methods = new Set<string | undefined>(['converse', 'converse-stream'])

/** Amazon's Converse. */
export const bedrockConverse: Dialect = {
  ...bedrock,
  owns: (path) => methods.has(callOf(path)?.method),
  readAsk: readConverse,
  writeAnswer: (ask, completion, telling) =>
    ask.stream ? writeStream(completion, telling) : writeDocument(ask, completion, telling),
}

function writeDocument(_: Ask, completion: Completion, { report }: Telling): Answer {
  const choice = completion.choices[0]!
  const said = choice.sayings.map((saying, place) =>
    saying.toolName === null
      ? { text: saying.pieces.map(({ text }) => text).join('') }
      : { toolUse: { toolUseId: toolUseId(completion, place), name: saying.toolName, input: inputOf(saying) } },
  )
  const body = {
    output: { message: { role: 'assistant', content: said } },
    stopReason: stopReasons[choice.finish],
    metrics: { latencyMs: 100 },
    ...(report !== undefined && { usage: report && usageOf(report) }),
  }
  return documentOf(body, completion.usage.completionTokens, report)
}

/** The events of an answer. What it used is told when all has been said. */
function writeStream(completion: Completion, { report }: Telling): Answer {
  const choice = completion.choices[0]!
  const parts: Part[] = []
  const say = (type: string, payload: object, tokens = 0, told?: Report | null): void => {
    parts.push({
      bytes: writeEvent(type, { ...payload, p: 'abcdefgh' }),
      tokens,
      ...(told !== undefined && { report: told }),
    })
  }
  say('messageStart', { role: 'assistant' })
  choice.sayings.forEach(({ pieces, leadTokens, toolName }, contentBlockIndex) => {
    if (toolName !== null) {
      const toolUse = { toolUseId: toolUseId(completion, contentBlockIndex), name: toolName }
      say('contentBlockStart', { contentBlockIndex, start: { toolUse } })
    }
    pieces.forEach(({ text, tokens }, at) => {
      const delta = toolName === null ? { text } : { toolUse: { input: text } }
      say('contentBlockDelta', { contentBlockIndex, delta }, tokens + (at === 0 ? leadTokens : 0))
    })
    say('contentBlockStop', { contentBlockIndex })
  })
  say('messageStop', { stopReason: stopReasons[choice.finish] }, unsaidTokens(choice))
  if (report !== undefined)
    say('metadata', { usage: report && usageOf(report), metrics: { latencyMs: 100 } }, 0, report)
  return {
    status: 200,
    headers: { 'content-type': 'application/vnd.amazon.eventstream' },
    isStream: true,
    parts,
    ending: 'end',
  }
}

/** Input that was read from a cache stands beside the rest of it. */
function usageOf({ promptTokens, cachedTokens, completionTokens }: Report): object {
  const isCount = typeof promptTokens === 'number' && typeof cachedTokens === 'number'
  const total = typeof promptTokens === 'number' ? promptTokens + Number(completionTokens) : undefined
  return {
    inputTokens: isCount ? promptTokens - cachedTokens : promptTokens,
    cacheReadInputTokens: cachedTokens,
    cacheWriteInputTokens: 0,
    outputTokens: completionTokens,
    ...(total !== undefined && { totalTokens: total }),
  }
}
