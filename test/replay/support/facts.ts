import { asRecord } from '#proxy/json/as-record.ts'
import { listOf, textOr } from '#proxy/json/read-value.ts'
import { readData } from '#proxy/sse/read-data.ts'
import type { Recording } from '#test/proxy/support/traffic.ts'

/** What an answer says, in whatever dialect. */
export interface Facts {
  text: string
  tools: { name: string; input: unknown }[]
  finish: 'stop' | 'length' | 'tools' | 'filter' | null
  /** Whole input and output; null: not stated. */
  input: number | null
  output: number | null
}

type Fields = Readonly<Record<string, unknown>>

/** Read as naively as one may, and not by the code under test. */
export function factsOf({ body }: Recording, api: string, isStream: boolean): Facts {
  const values = isStream ? readData(Buffer.from(body)).map(asRecord) : [asRecord(JSON.parse(body))]
  if (api === 'messages') return isStream ? ofMessageEvents(values) : ofMessage(values[0]!)
  if (api === 'responses') {
    const last = values.findLast(({ type }) => /^response\.(completed|incomplete|failed)$/.test(String(type)))
    return ofResponse(isStream ? asRecord(last?.response) : values[0]!)
  }
  if (api === 'embeddings') return ofEmbedding(values[0]!)
  return api === 'generateContent' ? ofGemini(values) : ofChat(values)
}

/** There is nothing but input. */
function ofEmbedding({ usage, usageMetadata }: Fields): Facts {
  const input = asRecord(usage).prompt_tokens ?? asRecord(usageMetadata).promptTokenCount
  return { text: '', tools: [], finish: null, input: typeof input === 'number' ? input : null, output: 0 }
}

export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text || '{}')
  } catch {
    return text
  }
}

const chatFinishes: Record<string, Facts['finish']> = {
  stop: 'stop',
  length: 'length',
  tool_calls: 'tools',
  function_call: 'tools',
  content_filter: 'filter',
}

function ofChat(chunks: Fields[]): Facts {
  let text = ''
  let finish: Facts['finish'] = null
  const calls = new Map<unknown, { name: string; json: string }>()
  let usage: Fields = {}
  for (const chunk of chunks) {
    const stated = asRecord(chunk.usage ?? asRecord(chunk.x_groq).usage)
    if (Object.keys(stated).length > 0) usage = stated
    for (const choice of listOf(chunk.choices).map(asRecord)) {
      if ((choice.index ?? 0) !== 0) continue
      const said = asRecord(choice.delta ?? choice.message)
      if (typeof said.content === 'string') text += said.content
      for (const part of listOf(said.content)) text += textOr(asRecord(part).text, '')
      const called = [
        ...listOf(said.tool_calls),
        ...(said.function_call ? [{ index: 0, function: said.function_call }] : []),
      ]
      for (const [place, value] of called.entries()) {
        const call = asRecord(value)
        const fields = asRecord(call.function)
        const isDocument = choice.delta === undefined
        const key = isDocument ? place : (call.index ?? call.id ?? place)
        const known = calls.get(key) ?? { name: '', json: '' }
        known.name ||= textOr(fields.name, '')
        known.json +=
          typeof fields.arguments === 'object' ? JSON.stringify(fields.arguments) : textOr(fields.arguments, '')
        calls.set(key, known)
      }
      if (typeof choice.finish_reason === 'string') finish = chatFinishes[choice.finish_reason] ?? 'stop'
    }
  }
  if (calls.size > 0 && finish === 'stop') finish = 'tools'
  const input = numberOf(usage.prompt_tokens)
  const completion = numberOf(usage.completion_tokens)
  const total = numberOf(usage.total_tokens)
  const output = completion === null ? null : Math.max(completion, total === null || input === null ? 0 : total - input)
  return {
    text,
    tools: [...calls.values()].map(({ name, json }) => ({ name, input: jsonOf(json) })),
    finish,
    input,
    output,
  }
}

const messageFinishes: Record<string, Facts['finish']> = {
  end_turn: 'stop',
  stop_sequence: 'stop',
  pause_turn: 'stop',
  max_tokens: 'length',
  tool_use: 'tools',
  refusal: 'filter',
}

export function ofMessage(message: Fields): Facts {
  const blocks = listOf(message.content).map(asRecord)
  const usage = asRecord(message.usage)
  const input = [usage.input_tokens, usage.cache_read_input_tokens, usage.cache_creation_input_tokens].map(numberOf)
  return {
    text: blocks.map(({ type, text }) => (type === 'text' ? textOr(text, '') : '')).join(''),
    tools: blocks.flatMap(({ type, name, input }) => (type === 'tool_use' ? [{ name: String(name), input }] : [])),
    finish: messageFinishes[String(message.stop_reason)] ?? null,
    input: input[0] === null ? null : input.reduce<number>((sum, figure) => sum + (figure ?? 0), 0),
    output: numberOf(usage.output_tokens),
  }
}

function ofMessageEvents(events: Fields[]): Facts {
  const message = { ...asRecord(events.find(({ type }) => type === 'message_start')?.message) }
  const blocks: Record<string, unknown>[] = []
  let usage = { ...asRecord(message.usage) }
  for (const event of events) {
    const delta = asRecord(event.delta)
    const index = Number(event.index)
    if (event.type === 'content_block_start') blocks[index] = { ...asRecord(event.content_block), json: '' }
    const block = blocks[index]
    if (event.type === 'content_block_delta' && block) {
      if (delta.type === 'text_delta') block.text = textOr(block.text, '') + textOr(delta.text, '')
      if (delta.type === 'input_json_delta') block.json = textOr(block.json, '') + textOr(delta.partial_json, '')
    }
    if (event.type === 'message_delta') {
      message.stop_reason = delta.stop_reason
      const told = Object.entries(asRecord(event.usage)).filter(([, figure]) => figure !== null)
      const grown = told.map(([name, figure]) => [name, Math.max(Number(figure), Number(usage[name] ?? 0)) || figure])
      usage = { ...usage, ...Object.fromEntries(grown) }
    }
  }
  const content = blocks.map((block) =>
    block.type === 'tool_use' ? { ...block, input: jsonOf(String(block.json)) } : block,
  )
  return ofMessage({ ...message, content, usage })
}

export function ofResponse(response: Fields): Facts {
  const items = listOf(response.output).map(asRecord)
  const usage = asRecord(response.usage)
  const parts = items.flatMap(({ type, content }) => (type === 'message' ? listOf(content).map(asRecord) : []))
  const tools = items.flatMap(({ type, name, arguments: json }) =>
    type === 'function_call' ? [{ name: String(name), input: jsonOf(String(json)) }] : [],
  )
  const reason = asRecord(response.incomplete_details).reason
  const incomplete = reason === 'content_filter' ? 'filter' : 'length'
  const complete = response.status === 'completed' ? (tools.length > 0 ? 'tools' : 'stop') : null
  const input = numberOf(usage.input_tokens)
  const total = numberOf(usage.total_tokens)
  const output = numberOf(usage.output_tokens)
  return {
    text: parts.map(({ text }) => textOr(text, '')).join(''),
    tools,
    finish: response.status === 'incomplete' ? incomplete : complete,
    input,
    output: output === null ? null : Math.max(output, total === null || input === null ? 0 : total - input),
  }
}

export function ofGemini(answers: Fields[]): Facts {
  let text = ''
  let finish: Facts['finish'] = null
  const tools: Facts['tools'] = []
  let input: number | null = null
  let output: number | null = null
  for (const answer of answers) {
    const candidate = asRecord(listOf(answer.candidates)[0])
    for (const part of listOf(asRecord(candidate.content).parts).map(asRecord)) {
      const call = asRecord(part.functionCall)
      if (typeof part.text === 'string' && part.thought !== true) text += part.text
      if (typeof call.name === 'string') tools.push({ name: call.name, input: call.args ?? {} })
    }
    const reason = candidate.finishReason ?? asRecord(answer.promptFeedback).blockReason
    if (reason != null)
      finish =
        reason === 'STOP' || reason === 1 ? 'stop' : reason === 'MAX_TOKENS' || reason === 2 ? 'length' : 'filter'
    const usage = asRecord(answer.usageMetadata)
    if (Object.keys(usage).length === 0) continue
    input = Math.max(
      input ?? 0,
      (numberOf(usage.promptTokenCount) ?? 0) + (numberOf(usage.toolUsePromptTokenCount) ?? 0),
    )
    const written = (numberOf(usage.candidatesTokenCount) ?? 0) + (numberOf(usage.thoughtsTokenCount) ?? 0)
    output = Math.max(output ?? 0, written, (numberOf(usage.totalTokenCount) ?? 0) - input)
  }
  if (tools.length > 0 && (finish === 'stop' || finish === null)) finish = 'tools'
  return { text, tools, finish, input, output }
}

function numberOf(value: unknown): number | null {
  return typeof value === 'number' ? value : null
}
