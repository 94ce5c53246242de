import { describe, expect, test } from 'vitest'
import { mayReport } from '#proxy/dialects/openai-chat/may-report.ts'
import { readReport } from '#proxy/dialects/openai-chat/read-report.ts'
import { readText } from '#proxy/dialects/openai-chat/read-text.ts'

/** Figures as vendors really sent them, and what they come to: input, cached, written, output, reasoning. */
const seen: [string, object, (number | null)[]][] = [
  [
    'OpenAI',
    {
      prompt_tokens: 1220,
      completion_tokens: 100,
      total_tokens: 1320,
      prompt_tokens_details: { cached_tokens: 0, cache_write_tokens: 1217, audio_tokens: 0 },
      completion_tokens_details: { reasoning_tokens: 100 },
    },
    [1220, 0, 1217, 100, 100],
  ],
  [
    'Ollama, without details',
    { prompt_tokens: 134, completion_tokens: 74, total_tokens: 208 },
    [134, null, null, 74, null],
  ],
  [
    'DeepSeek, by its own names',
    { prompt_tokens: 339, completion_tokens: 83, total_tokens: 422, prompt_cache_hit_tokens: 320 },
    [339, 320, null, 83, null],
  ],
  ['Moonshot, at the top', { prompt_tokens: 20, completion_tokens: 30, cached_tokens: 10 }, [20, 10, null, 30, null]],
  ['Mistral', { prompt_tokens: 94, completion_tokens: 33, num_cached_tokens: 48 }, [94, 48, null, 33, null]],
  [
    'xAI, with the reasoning in the total only',
    {
      prompt_tokens: 291,
      completion_tokens: 26,
      total_tokens: 513,
      prompt_tokens_details: { cached_tokens: 290 },
      completion_tokens_details: { reasoning_tokens: 196 },
    },
    [291, 290, null, 222, 196],
  ],
  [
    'Gemini, with thoughts that only the total shows',
    { prompt_tokens: 66, completion_tokens: 6, total_tokens: 100 },
    [66, null, null, 34, null],
  ],
  [
    'Vercel, with more reasoning than answer',
    {
      prompt_tokens: 57,
      completion_tokens: 10,
      total_tokens: 67,
      completion_tokens_details: { reasoning_tokens: 37 },
      cache_creation_input_tokens: 0,
    },
    [57, null, 0, 47, 37],
  ],
  [
    'Grok on Azure, with more cached than input',
    { prompt_tokens: 377, completion_tokens: 69, total_tokens: 446, prompt_tokens_details: { cached_tokens: 515 } },
    [377, 377, null, 69, null],
  ],
]

describe('usage', () => {
  test.each(seen)('of %s', (_, usage, expected) => {
    const report = readReport({ choices: [], usage })
    expect(report.broken).toBe(false)
    const { inputTokens, cachedTokens, cacheWriteTokens, outputTokens, reasoningTokens } = report.usage ?? {}
    expect([inputTokens, cachedTokens, cacheWriteTokens, outputTokens, reasoningTokens]).toEqual(expected)
  })

  test('of Groq, which may say it apart', () => {
    const usage = { prompt_tokens: 210, completion_tokens: 15, total_tokens: 225 }
    expect(readReport({ x_groq: { usage } }).usage).toMatchObject({ inputTokens: 210, outputTokens: 15 })
  })

  test.each([[null], [undefined]])('%s is none', (usage) => {
    expect(readReport({ usage })).toMatchObject({ usage: null, broken: false })
  })

  test.each([-1, 1.5, 1e18, Number.NaN, '7', true, {}])('%s is no count', (figure) => {
    const report = readReport({ usage: { prompt_tokens: figure, completion_tokens: 5 } })
    expect(report.broken).toBe(true)
    expect(report.usage).toMatchObject({ inputTokens: null, outputTokens: 5 })
  })

  test.each([null, 'text', 7, [], { choices: {} }, { choices: [null] }, { usage: [] }])('%j does no harm', (value) => {
    expect(readReport(value).finishReason).toBeNull()
    expect(readText(value)).toBe('')
  })
})

describe('an event', () => {
  const says = (text: string): boolean => mayReport(Buffer.from(text))

  test('is worth reading when it has a usage, a finish reason or an error', () => {
    expect(says('data: {"usage":{"prompt_tokens":1}}')).toBe(true)
    expect(says('data: {"a":1,"usage" : {"prompt_tokens":1}}')).toBe(true)
    expect(says('data: {"finish_reason":"stop"}')).toBe(true)
    expect(says('data: {"error":{}}')).toBe(true)
    expect(says('data: {"usage":null,"x_groq":{"usage":{}}}')).toBe(true)
  })

  test('is not when these are null, or quoted by the text', () => {
    expect(says('data: {"usage":null,"choices":[{"finish_reason": null}]}')).toBe(false)
    expect(says('data: {"content":"{\\"usage\\":{}}"}')).toBe(false)
    expect(says(': comment')).toBe(false)
  })
})

describe('text', () => {
  test.each([
    ['words', { content: 'Hello' }, 'Hello'],
    ['a refusal', { content: null, refusal: 'No' }, 'No'],
    ['reasoning, once where two names carry it', { reasoning: 'So', reasoning_content: 'So' }, 'So'],
    [
      'parts',
      {
        content: [
          { type: 'text', text: 'A' },
          { type: 'thinking', thinking: [{ text: 'B' }] },
        ],
      },
      'AB',
    ],
    [
      'tools',
      { tool_calls: [{ function: { name: 'add', arguments: '{}' } }, { custom: { name: 'c', input: 'i' } }] },
      'add{}ci',
    ],
    ['a function', { function_call: { name: 'f', arguments: '1' } }, 'f1'],
    ['nothing', { role: 'assistant', content: null, tool_calls: null }, ''],
  ])('of %s', (_, said, text) => {
    expect(readText({ choices: [{ delta: said }] })).toBe(text)
    expect(readText({ choices: [{ message: said }] })).toBe(text)
  })

  test('of several choices', () => {
    expect(readText({ choices: [{ delta: { content: 'a' } }, { delta: { content: 'b' } }] })).toBe('ab')
  })
})
