import { createAnthropic } from '@ai-sdk/anthropic'
import { createOpenAI } from '@ai-sdk/openai'
import Anthropic from '@anthropic-ai/sdk'
import { ApiError, type Content, GoogleGenAI } from '@google/genai'
import { ChatOpenAI } from '@langchain/openai'
import { generateObject, generateText, stepCountIs, streamText, tool } from 'ai'
import OpenAI from 'openai'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { StipendError } from '#lib/core/errors.ts'
import { deploymentOf, mountNames } from '#test/proxy/support/world.ts'
import { baseUrlOf, type Lab, openLab, upstreamNames, upstreams } from './support/open-lab.ts'

const model = 'gpt-4o'
const question = 'What is the capital of France?'
const toolQuestion = 'Use the tool get_weather for Paris.'
const parameters = { type: 'object' as const, properties: { city: { type: 'string' as const } }, required: ['city'] }
const schema = {
  type: 'object' as const,
  properties: { answer: { type: 'string' as const }, score: { type: 'integer' as const } },
  required: ['answer', 'score'],
  additionalProperties: false as const,
}
const pixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
const places = mountNames.flatMap((mount) => upstreamNames.map((upstream) => [upstream, mount] as const))

/** What people have on their machines, against every dialect that a vendor may speak. */
describe.each(places)('a vendor of %s on %s', (upstream, mount) => {
  let lab: Lab

  beforeEach(async () => {
    lab = await openLab(upstream, mount)
  })

  afterEach(() => lab.close())

  const openai = (more: object = {}) =>
    new OpenAI({ apiKey: lab.apiKey, baseURL: `${lab.baseURL}/v1`, fetch: lab.fetch, maxRetries: 0, ...more })
  const anthropic = (more: object = {}) =>
    new Anthropic({ apiKey: lab.apiKey, baseURL: lab.baseURL, fetch: lab.fetch, maxRetries: 0, ...more })

  describe('openai, chat', () => {
    const messages = [{ role: 'user' as const, content: question }]

    test('answers, and streams the same', async () => {
      const whole = await openai().chat.completions.create({ model, messages })
      expect(whole.choices[0]).toMatchObject({
        finish_reason: 'stop',
        message: { content: expect.stringMatching(/\w/) },
      })
      const options = { stream_options: { include_usage: true } }
      const streamed = await openai()
        .chat.completions.stream({ model, messages, ...options })
        .finalChatCompletion()
      expect(streamed.choices[0]?.message.content).toBe(whole.choices[0]?.message.content)
      expect(streamed.usage?.total_tokens).toBe(whole.usage?.total_tokens)
      await lab.agrees()
    })

    test.each([false, true])('calls a tool and goes on from its result, twice (stream: %s)', async (stream) => {
      const tools = [{ type: 'function' as const, function: { name: 'get_weather', parameters } }]
      const talk: OpenAI.ChatCompletionMessageParam[] = []
      for (const round of [1, 2]) {
        talk.push({ role: 'user', content: `${toolQuestion} Round ${round}.` })
        const ask = async () => {
          if (!stream) return await openai().chat.completions.create({ model, messages: talk, tools })
          return await openai().chat.completions.stream({ model, messages: talk, tools }).finalChatCompletion()
        }
        const [asked] = (await ask()).choices
        expect(asked?.finish_reason).toBe('tool_calls')
        const call = asked?.message.tool_calls?.[0]
        if (call?.type !== 'function') throw new Error('no function was called')
        expect(JSON.parse(call.function.arguments)).toHaveProperty('city')
        talk.push(asked!.message, { role: 'tool', tool_call_id: call.id, content: '21 degrees' })
        const [answered] = (await ask()).choices
        expect(answered).toMatchObject({ finish_reason: 'stop' })
        talk.push(answered!.message)
      }
      await lab.agrees()
    })

    test('sees, answers in JSON of a schema, stops at its cap', async () => {
      const image_url = { url: `data:image/png;base64,${pixel}` }
      const seen = [
        {
          role: 'user' as const,
          content: [
            { type: 'text' as const, text: question },
            { type: 'image_url' as const, image_url },
          ],
        },
      ]
      expect((await openai().chat.completions.create({ model, messages: seen })).choices).toHaveLength(1)
      const response_format = { type: 'json_schema' as const, json_schema: { name: 'result', schema, strict: true } }
      const { choices } = await openai().chat.completions.create({ model, messages, response_format })
      expect(JSON.parse(choices[0]?.message.content ?? '')).toEqual({ answer: 'answer', score: 1 })
      expect(choices[0]?.finish_reason).toBe('stop')
      const loose = { ...response_format, json_schema: { name: 'result', schema } }
      const runner = openai().chat.completions.stream({ model, messages, response_format: loose })
      expect(JSON.parse((await runner.finalChatCompletion()).choices[0]?.message.content ?? '')).toEqual({
        answer: 'answer',
        score: 1,
      })
      lab.simulator.control.set({ outputTokens: 100 })
      const short = await openai().chat.completions.create({ model, messages, max_tokens: 20 })
      expect(short.choices[0]?.finish_reason).toBe('length')
      await lab.agrees()
    })

    test('throws what the vendor refused, leaves when it is told to, tries again', async () => {
      lab.simulator.control.set({ times: 1, fault: 'status-400' })
      await expect(openai().chat.completions.create({ model, messages })).rejects.toMatchObject({ status: 400 })
      lab.simulator.control.set({ outputTokens: 200, chunkDelayMs: 5 })
      const stream = await openai().chat.completions.create({ model, messages, stream: true })
      for await (const chunk of stream) if (chunk.choices[0]?.delta.content) stream.controller.abort()
      lab.world.ledger.refusal = new StipendError('rate_limit_exceeded', 'Wait.', { retryAfterMs: 5 })
      const again = openai({ maxRetries: 2 }).chat.completions.create({ model, messages })
      setTimeout(() => {
        lab.world.ledger.refusal = null
      }, 2)
      expect((await again).choices).toHaveLength(1)
    })
  })

  describe('openai, responses', () => {
    test('answers, and streams the same', async () => {
      const whole = await openai().responses.create({ model, input: question, store: false })
      expect(whole).toMatchObject({ status: 'completed', output_text: expect.stringMatching(/\w/) })
      const streamed = await openai().responses.stream({ model, input: question, store: false }).finalResponse()
      expect(streamed.output_text).toBe(whole.output_text)
      expect(streamed.usage?.total_tokens).toBe(whole.usage?.total_tokens)
      await lab.agrees()
    })

    /** As Codex groups the tools of its agents. */
    test.each([false, true])('calls a tool of a namespace and goes on from its result (stream: %s)', async (stream) => {
      const member = { type: 'function' as const, name: 'get_weather', description: 'x', parameters, strict: false }
      const tools = [{ type: 'namespace' as const, name: 'sky', description: 'Of the sky', tools: [member] }]
      const input: OpenAI.Responses.ResponseInput = [{ role: 'user', content: toolQuestion }]
      const ask = async () => {
        const asked = { model, tools, input, store: false }
        return stream ? await openai().responses.stream(asked).finalResponse() : await openai().responses.create(asked)
      }
      const [call] = (await ask()).output
      expect(call).toMatchObject({ type: 'function_call', name: 'get_weather', namespace: 'sky' })
      if (call?.type !== 'function_call') throw new Error('no function was called')
      input.push(call, { type: 'function_call_output', call_id: call.call_id, output: '21 degrees' })
      expect((await ask()).output_text).toMatch(/\w/)
      const search = { type: 'web_search' as const }
      const harmful = [{ type: 'namespace' as const, name: 'sky', description: 'x', tools: [search as never] }]
      await expect(openai().responses.create({ model, input: question, tools: harmful })).rejects.toMatchObject({
        param: 'tools.0.tools.0.type',
      })
      await lab.agrees()
    })

    test('sees, answers in JSON of a schema, stops at its cap', async () => {
      const content = [
        { type: 'input_text' as const, text: question },
        { type: 'input_image' as const, image_url: `data:image/png;base64,${pixel}`, detail: 'auto' as const },
      ]
      expect((await openai().responses.create({ model, input: [{ role: 'user', content }] })).status).toBe('completed')
      const format = { type: 'json_schema' as const, name: 'result', schema, strict: true }
      const { output_text } = await openai().responses.create({ model, input: question, text: { format } })
      expect(JSON.parse(output_text)).toEqual({ answer: 'answer', score: 1 })
      lab.simulator.control.set({ outputTokens: 100 })
      const short = await openai().responses.create({ model, input: question, max_output_tokens: 20 })
      expect(short).toMatchObject({ status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' } })
      await lab.agrees()
    })

    /** As Codex works: nothing is kept by the vendor, so reasoning comes back sealed with every turn. */
    test.each([false, true])(
      'runs an agent with reasoning and tools over several turns (stream: %s)',
      async (stream) => {
        const tools = [{ type: 'function' as const, name: 'get_weather', parameters, strict: false }]
        const input: OpenAI.Responses.ResponseInput = []
        const asked = {
          model,
          tools,
          store: false,
          include: ['reasoning.encrypted_content' as const],
          reasoning: { effort: 'low' as const, summary: 'auto' as const },
        }
        for (const round of [1, 2, 3]) {
          input.push({ role: 'user', content: `${toolQuestion} Round ${round}.` })
          for (let step = 0; ; step++) {
            const response = stream
              ? await openai()
                  .responses.stream({ ...asked, input })
                  .finalResponse()
              : await openai().responses.create({ ...asked, input })
            input.push(...(response.output as OpenAI.Responses.ResponseInputItem[]))
            const calls = response.output.flatMap((item) => (item.type === 'function_call' ? [item] : []))
            expect(calls).toHaveLength(step === 0 ? 1 : 0)
            if (upstream !== 'openai-chat') {
              const [first] = response.output
              if (first?.type !== 'reasoning') throw new Error('no thought was shown')
              expect(first.summary[0]?.text).toMatch(/think/)
            }
            if (calls.length === 0) break
            for (const call of calls)
              input.push({ type: 'function_call_output', call_id: call.call_id, output: '21 degrees' })
          }
        }
        await lab.agrees()
      },
    )
  })

  describe('anthropic', () => {
    const asked = { model, max_tokens: 4000, messages: [{ role: 'user' as const, content: question }] }

    test('answers, and streams the same', async () => {
      const whole = await anthropic().messages.create(asked)
      expect(whole).toMatchObject({ stop_reason: 'end_turn', content: [{ type: 'text' }] })
      const streamed = await anthropic().messages.stream(asked).finalMessage()
      expect(streamed.content).toEqual(whole.content)
      expect(streamed.usage.output_tokens).toBe(whole.usage.output_tokens)
      await lab.agrees()
    })

    test('sees, reads a document, stops at its cap', async () => {
      const source = { type: 'base64' as const, media_type: 'image/png' as const, data: pixel }
      const text = {
        type: 'document' as const,
        source: { type: 'text' as const, media_type: 'text/plain' as const, data: 'A text.' },
      }
      const content = [{ type: 'image' as const, source }, text, { type: 'text' as const, text: question }]
      const seen = await anthropic().messages.create({ ...asked, messages: [{ role: 'user', content }] })
      expect(seen.stop_reason).toBe('end_turn')
      lab.simulator.control.set({ outputTokens: 100 })
      expect((await anthropic().messages.create({ ...asked, max_tokens: 20 })).stop_reason).toBe('max_tokens')
      await lab.agrees()
    })

    /** As Claude Code works: a system prompt in the cache, thoughts that come back signed, tools, everything streamed. */
    test.each([false, true])(
      'runs an agent with thinking and tools over several turns (stream: %s)',
      async (stream) => {
        const tools = [{ name: 'get_weather', description: 'The weather', input_schema: parameters }]
        const system = [
          { type: 'text' as const, text: 'You are an agent.', cache_control: { type: 'ephemeral' as const } },
        ]
        const thinking = { type: 'enabled' as const, budget_tokens: 1024 }
        const messages: Anthropic.MessageParam[] = []
        for (const round of [1, 2, 3]) {
          messages.push({ role: 'user', content: `${toolQuestion} Round ${round}.` })
          for (let step = 0; ; step++) {
            const body = { ...asked, system, thinking, tools, messages }
            const message = stream
              ? await anthropic().messages.stream(body).finalMessage()
              : await anthropic().messages.create(body)
            messages.push({ role: 'assistant', content: message.content })
            if (upstream !== 'openai-chat') expect(message.content[0]?.type).toBe('thinking')
            const calls = message.content.filter((block) => block.type === 'tool_use')
            expect(calls).toHaveLength(step === 0 ? 1 : 0)
            if (calls.length === 0) break
            expect(calls[0]?.input).toHaveProperty('city')
            const content = calls.map(({ id }) => ({
              type: 'tool_result' as const,
              tool_use_id: id,
              content: '21 degrees',
            }))
            messages.push({ role: 'user', content })
          }
        }
        await lab.agrees()
      },
    )

    test('throws what the vendor refused, and leaves when it is told to', async () => {
      lab.simulator.control.set({ times: 1, fault: 'status-400' })
      await expect(anthropic().messages.create(asked)).rejects.toMatchObject({
        status: 400,
        error: { type: 'error', error: { type: 'invalid_request_error' } },
      })
      lab.simulator.control.set({ outputTokens: 200, chunkDelayMs: 5 })
      const runner = anthropic().messages.stream(asked)
      runner.once('text', () => runner.abort())
      await expect(runner.finalMessage()).rejects.toBeInstanceOf(Anthropic.APIUserAbortError)
    })

    test('throws when a stream fails in the middle', async () => {
      lab.simulator.control.set({ fault: 'error-mid-stream', outputTokens: 20 })
      await expect(anthropic().messages.stream(asked).finalMessage()).rejects.toBeInstanceOf(Anthropic.APIError)
    })
  })

  // It takes no fetch of ours.
  describe.skipIf(mount === 'fetch')('google', () => {
    const google = () => new GoogleGenAI({ apiKey: lab.apiKey, httpOptions: { baseUrl: lab.baseURL } }).models
    const asked = { model, contents: question }

    test('answers, and streams the same', async () => {
      const whole = await google().generateContent(asked)
      expect(whole.text).toMatch(/\w/)
      expect(whole.candidates?.[0]?.finishReason).toBe('STOP')
      let text = ''
      let total: number | undefined
      for await (const piece of await google().generateContentStream(asked)) {
        text += piece.text ?? ''
        total = piece.usageMetadata?.totalTokenCount ?? total
      }
      expect(text).toBe(whole.text)
      expect(total).toBe(whole.usageMetadata?.totalTokenCount)
      await lab.agrees()
    })

    test('sees, answers in JSON of a schema, stops at its cap', async () => {
      const parts = [{ inlineData: { mimeType: 'image/png', data: pixel } }, { text: question }]
      const seen = await google().generateContent({ model, contents: [{ role: 'user', parts }] })
      expect(seen.candidates?.[0]?.finishReason).toBe('STOP')
      const config = { responseMimeType: 'application/json', responseJsonSchema: schema }
      const { text } = await google().generateContent({ ...asked, config })
      expect(JSON.parse(text ?? '')).toEqual({ answer: 'answer', score: 1 })
      lab.simulator.control.set({ outputTokens: 100 })
      const short = await google().generateContent({ ...asked, config: { maxOutputTokens: 20 } })
      expect(short.candidates?.[0]?.finishReason).toBe('MAX_TOKENS')
      await lab.agrees()
    })

    /** As the Gemini CLI works: thoughts come back signed, on the call that they led to. */
    test.each([false, true])(
      'runs an agent with thinking and tools over several turns (stream: %s)',
      async (stream) => {
        const config = {
          tools: [{ functionDeclarations: [{ name: 'get_weather', parametersJsonSchema: parameters }] }],
          thinkingConfig: { includeThoughts: true },
        }
        const contents: Content[] = []
        for (const round of [1, 2, 3]) {
          contents.push({ role: 'user', parts: [{ text: `${toolQuestion} Round ${round}.` }] })
          for (let step = 0; ; step++) {
            const parts = await saidIn({ model, contents, config }, stream)
            contents.push({ role: 'model', parts })
            if (upstream !== 'openai-chat') expect(parts[0]).toMatchObject({ thought: true })
            const calls = parts.flatMap(({ functionCall }) => functionCall ?? [])
            expect(calls).toHaveLength(step === 0 ? 1 : 0)
            if (calls.length === 0) break
            expect(calls[0]?.args).toHaveProperty('city')
            const results = calls.map(({ id, name }) => ({
              functionResponse: { ...(id && { id }), name: name!, response: { output: '21 degrees' } },
            }))
            contents.push({ role: 'user', parts: results })
          }
        }
        await lab.agrees()
      },
    )

    async function saidIn(body: Parameters<GoogleGenAI['models']['generateContent']>[0], stream: boolean) {
      if (!stream) return (await google().generateContent(body)).candidates?.[0]?.content?.parts ?? []
      const parts = []
      for await (const piece of await google().generateContentStream(body)) {
        parts.push(...(piece.candidates?.[0]?.content?.parts ?? []))
      }
      return parts
    }

    test('throws what the vendor refused, and when a stream fails in the middle', async () => {
      lab.simulator.control.set({ times: 1, fault: 'status-400' })
      await expect(google().generateContent(asked)).rejects.toSatisfy(
        (error) => error instanceof ApiError && error.status === 400 && error.message.includes('INVALID_ARGUMENT'),
      )
      lab.simulator.control.set({ fault: 'error-mid-stream', outputTokens: 20 })
      const readAll = async () => {
        for await (const piece of await google().generateContentStream(asked)) void piece
      }
      await expect(readAll()).rejects.toThrow()
    })
  })

  describe('ai', () => {
    const weather = tool({
      inputSchema: z.object({ city: z.string() }),
      execute: async () => '21 degrees',
    })
    const providers = {
      chat: () => createOpenAI({ apiKey: lab.apiKey, baseURL: `${lab.baseURL}/v1`, fetch: lab.fetch }).chat(model),
      responses: () =>
        createOpenAI({ apiKey: lab.apiKey, baseURL: `${lab.baseURL}/v1`, fetch: lab.fetch }).responses(model),
      messages: () => createAnthropic({ apiKey: lab.apiKey, baseURL: `${lab.baseURL}/v1`, fetch: lab.fetch })(model),
    }

    test.each(['chat', 'responses', 'messages'] as const)('through its %s provider', async (name) => {
      const spoken = providers[name]()
      const once = { model: spoken, maxRetries: 0 }
      expect((await generateText({ ...once, prompt: question })).text).toMatch(/\w/)
      const agent = await generateText({
        ...once,
        prompt: toolQuestion,
        tools: { get_weather: weather },
        stopWhen: stepCountIs(3),
      })
      expect(agent.steps).toHaveLength(2)
      expect(agent.finishReason).toBe('stop')
      const streamed = streamText({ ...once, prompt: question })
      let text = ''
      for await (const piece of streamed.textStream) text += piece
      expect(text).toMatch(/\w/)
      const { object } = await generateObject({
        ...once,
        prompt: question,
        schema: z.object({ answer: z.string(), score: z.int() }),
      })
      expect(object.answer).toBe('answer')
      await lab.agrees()
    })
  })

  test.each(['anthropic-messages', 'gemini'] as const)(
    'an agent whose next turn goes to a vendor of %s',
    async (next) => {
      const tools = [{ name: 'get_weather', description: 'The weather', input_schema: parameters }]
      const thinking = { type: 'enabled' as const, budget_tokens: 1024 }
      const asked = { model, max_tokens: 4000, tools, thinking }
      const messages: Anthropic.MessageParam[] = [{ role: 'user', content: toolQuestion }]
      const first = await anthropic().messages.create({ ...asked, messages })
      const call = first.content.find((block) => block.type === 'tool_use')
      messages.push({ role: 'assistant', content: first.content })
      messages.push({ role: 'user', content: [{ type: 'tool_result', tool_use_id: call!.id, content: '21 degrees' }] })
      const { wire, ...named } = upstreams[next]
      const moved = { ...named, wire, speaks: [next], openCredential: () => 'sim-lab' }
      lab.world.route.deployments = [deploymentOf({ baseUrl: baseUrlOf(lab.simulator, wire) }, moved)]
      expect((await anthropic().messages.create({ ...asked, messages })).stop_reason).toBe('end_turn')
      await lab.agrees()
    },
  )

  test('langchain', async () => {
    const configuration = { baseURL: `${lab.baseURL}/v1`, fetch: lab.fetch }
    const chat = new ChatOpenAI({ model, apiKey: lab.apiKey, configuration, maxRetries: 0 })
    expect((await chat.invoke(question)).text).toMatch(/\w/)
    let text = ''
    for await (const chunk of await chat.stream(question)) text += chunk.text
    expect(text).toMatch(/\w/)
    const called = await chat
      .bindTools([{ type: 'function', function: { name: 'get_weather', parameters } }])
      .invoke(toolQuestion)
    expect(called.tool_calls).toMatchObject([{ name: 'get_weather' }])
    await lab.agrees()
  })
})
