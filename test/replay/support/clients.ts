import Anthropic from '@anthropic-ai/sdk'
import { GoogleGenAI } from '@google/genai'
import OpenAI from 'openai'
import type { DialectName } from '#lib/core/dialects.ts'
import { asRecord } from '#proxy/json/as-record.ts'
import { type Facts, jsonOf, ofGemini, ofMessage, ofResponse } from './facts.ts'
import { model } from './replay-gateway.ts'

type Ask = (send: typeof fetch, stream: boolean) => Promise<Facts>

const baseURL = 'http://gateway.test'
const apiKey = 'sk-stp-test'
const question = 'Hi'

/** What the real client of each dialect makes of an answer. */
export const clients: Partial<Record<DialectName, Ask>> = {
  'openai-chat': async (fetch, stream) => {
    const client = new OpenAI({ apiKey, baseURL: `${baseURL}/v1`, fetch, maxRetries: 0 })
    const messages = [{ role: 'user' as const, content: question }]
    const { choices, usage } = stream
      ? await client.chat.completions
          .stream({ model, messages, stream_options: { include_usage: true } })
          .finalChatCompletion()
      : await client.chat.completions.create({ model, messages })
    const [choice] = choices
    const calls = choice?.message.tool_calls ?? []
    const finishes = {
      stop: 'stop',
      length: 'length',
      tool_calls: 'tools',
      function_call: 'tools',
      content_filter: 'filter',
    }
    return {
      text: choice?.message.content ?? '',
      tools: calls.flatMap((call) =>
        call.type === 'function' ? [{ name: call.function.name, input: jsonOf(call.function.arguments) }] : [],
      ),
      finish: (choice ? finishes[choice.finish_reason] : null) as Facts['finish'],
      input: usage?.prompt_tokens ?? null,
      output: usage?.completion_tokens ?? null,
    }
  },

  'anthropic-messages': async (fetch, stream) => {
    const client = new Anthropic({ apiKey, baseURL, fetch, maxRetries: 0 })
    const asked = { model, max_tokens: 1000, messages: [{ role: 'user' as const, content: question }] }
    const message = stream ? await client.messages.stream(asked).finalMessage() : await client.messages.create(asked)
    return ofMessage(asRecord(message))
  },

  gemini: async (send, stream) => {
    const client = new GoogleGenAI({ apiKey, httpOptions: { baseUrl: baseURL } })
    const asked = { model, contents: question }
    // It takes no fetch of ours; recordings are read one at a time.
    const own = globalThis.fetch
    globalThis.fetch = send
    try {
      if (!stream) return ofGemini([asRecord(await client.models.generateContent(asked))])
      const answers = []
      for await (const answer of await client.models.generateContentStream(asked)) answers.push(asRecord(answer))
      return ofGemini(answers)
    } finally {
      globalThis.fetch = own
    }
  },

  'openai-responses': async (fetch, stream) => {
    const client = new OpenAI({ apiKey, baseURL: `${baseURL}/v1`, fetch, maxRetries: 0 })
    if (!stream) return ofResponse(asRecord(await client.responses.create({ model, input: question })))
    const runner = client.responses.stream({ model, input: question })
    let told = ''
    runner.on('response.output_text.delta', ({ delta }) => {
      told += delta
    })
    const facts = ofResponse(asRecord(await runner.finalResponse()))
    if (told !== facts.text) throw new Error('the pieces are not the whole')
    return facts
  },
}
