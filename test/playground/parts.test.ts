import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { playgroundModelOf } from '#app/(console)/[organization]/playground/playground-model-of.ts'
import { bodyOf } from '#components/playground/body-of.ts'
import { curlOf } from '#components/playground/curl-of.ts'
import type { Draft } from '#components/playground/draft.ts'
import { messagesOf } from '#components/playground/messages-of.ts'
import { packDraft } from '#components/playground/pack-draft.ts'
import { readDraft } from '#components/playground/read-draft.ts'
import { readParameters } from '#components/playground/read-parameters.ts'
import { noAnswer, type Turn } from '#components/playground/turn.ts'
import { unpackDraft } from '#components/playground/unpack-draft.ts'
import type { ModelView } from '#lib/models/model-view.ts'

const draft: Draft = {
  models: ['gpt-4o', 'qwen-max'],
  settings: { system: '简短回答。', temperature: '0.2', maxTokens: '', effort: 'low' },
  text: 'And then? 🙂',
  turns: [{ text: '"Why" & <b>how</b>?', answers: { 'gpt-4o': 'Because.\n', 'qwen-max': '因为。' } }],
}

describe('a draft in a link', () => {
  it('comes back as it was, and takes nothing that an address could not hold', async () => {
    const packed = await packDraft(draft)
    expect(packed).toMatch(/^[\w-]+$/)
    expect(await unpackDraft(packed)).toEqual(draft)
  })

  it('that was cut or made up is no draft', async () => {
    const packed = await packDraft(draft)
    expect(await unpackDraft(packed.slice(0, packed.length / 2))).toBeNull()
    expect(await unpackDraft('%%%')).toBeNull()
    expect(await unpackDraft('')).toBeNull()
    for (const value of [null, 7, 'text', [], {}, { models: 'gpt-4o', turns: [] }]) expect(readDraft(value)).toBeNull()
  })

  it('of which a part is wrong loses that part', () => {
    const wrong = {
      models: ['a', 1, 'b', 'c', 'd', 'e'],
      settings: { system: {}, temperature: 1, effort: 'extreme' },
      turns: [{ text: 1, answers: {} }, null, { text: 'Why?', answers: { a: 'So.', b: 2 } }],
    }
    expect(readDraft(wrong)).toEqual({
      models: ['a', 'b', 'c', 'd'],
      settings: { system: '', temperature: '', maxTokens: '', effort: '' },
      text: '',
      turns: [{ text: 'Why?', answers: { a: 'So.' } }],
    })
  })
})

it('a model is told what it said itself, one that came later what another said, and nothing unanswered', () => {
  const said = (text: string) => ({ ...noAnswer, state: 'whole' as const, text })
  const turns: Turn[] = [
    { id: 1, text: 'One?', answers: { a: said('A1'), b: said('B1') } },
    { id: 2, text: 'Two?', answers: { a: { ...noAnswer, state: 'failed' } } },
    { id: 3, text: 'Three?', answers: { a: said('A3') } },
  ]
  const told = (model: string) => messagesOf('', turns, model, 'Four?').map(({ content }) => content)
  expect(told('a')).toEqual(['One?', 'A1', 'Three?', 'A3', 'Four?'])
  expect(told('b')).toEqual(['One?', 'B1', 'Three?', 'A3', 'Four?'])
  expect(messagesOf('Be brief.', [], 'a', 'One?').map(({ role }) => role)).toEqual(['system', 'user'])
})

describe('parameters', () => {
  const model = (upstreamModel: string): ModelView =>
    ({ name: 'm', priced: true, deployments: [{ upstreamModel, price: null }] }) as unknown as ModelView
  const { parameters } = readParameters({ system: '', temperature: '0', maxTokens: '50', effort: 'high' })

  it.each([
    ['gpt-4o', { temperature: 0, max_tokens: 50 }],
    ['o3', { max_completion_tokens: 50, reasoning_effort: 'high' }],
    ['gpt-5-mini', { max_completion_tokens: 50, reasoning_effort: 'high' }],
    ['claude-sonnet-4-5', { temperature: 0, max_tokens: 50, reasoning_effort: 'high' }],
    ['claude-3-haiku-20240307', { temperature: 0, max_tokens: 50 }],
    ['gemini-2.5-flash', { temperature: 0, max_tokens: 50, reasoning_effort: 'high' }],
    ['qwen-max', { temperature: 0, max_tokens: 50 }],
  ])('of %s are those that it takes', (upstream, expected) => {
    const {
      model: _,
      messages: __,
      ...sent
    } = bodyOf(playgroundModelOf(model(upstream))!, [], parameters) as {
      model: string
      messages: []
    }
    expect(sent).toEqual(expected)
  })

  it('that are no numbers are said, not sent', () => {
    const { parameters: read, problems } = readParameters({
      system: '',
      temperature: 'hot',
      maxTokens: '1.5',
      effort: '',
    })
    expect(read).toEqual({ temperature: null, maxTokens: null, effort: null })
    expect([...problems]).toEqual(['temperature', 'maxTokens'])
  })

  it.each(['text-embedding-3-small', 'gpt-image-1', 'whisper-1', 'rerank-v3.5', 'tts-1'])(
    '%s is nothing to chat with',
    (upstream) => expect(playgroundModelOf(model(upstream))).toBeNull(),
  )
})

it('what is copied for a shell reaches its program word for word', () => {
  const body = { model: 'm', messages: [{ role: 'user', content: `It's "$HOME" \`id\` \\n\n你好 '' !` }] }
  const shell = `curl() { for last; do :; done; printf %s "$last"; }; ${curlOf('http://localhost/v1', body)}`
  expect(JSON.parse(execFileSync('sh', ['-c', shell], { encoding: 'utf8' }))).toEqual({ ...body, stream: true })
})
