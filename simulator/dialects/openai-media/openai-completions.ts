import { z } from 'zod'
import type { Part } from '../../answer.ts'
import type { Choice } from '../../writing/write-completion.ts'
import type { Dialect } from '../dialect.ts'
import { documentOf } from '../document-of.ts'
import { writeUsage } from '../openai/write-usage.ts'
import { wordlessAsk } from '../wordless-ask.ts'
import { mediaBase } from './media-base.ts'
import { parseMedia } from './parse-media.ts'
import { readTexts, textsSchema } from './read-texts.ts'

const schema = z.looseObject({
  model: z.string().min(1),
  prompt: textsSchema,
  max_tokens: z.int().min(1).nullish(),
  n: z.int().min(1).max(128).nullish(),
  stop: z.union([z.string(), z.array(z.string()).max(4)]).nullish(),
  seed: z.int().nullish(),
  stream: z.boolean().nullish(),
  stream_options: z.looseObject({ include_usage: z.boolean().nullish() }).nullish(),
})

const defaultMaxTokens = 16

/** OpenAI's older way: a text is gone on with. Several prompts have each their `n` choices. */
export const openAiCompletions: Dialect = {
  ...mediaBase,
  owns: (path) => path === '/v1/completions',
  readAsk(body, _url, tokenizer) {
    const asked = parseMedia(schema, body)
    const texts = readTexts(asked.prompt, tokenizer)
    return wordlessAsk(asked.model, {
      stream: asked.stream ?? false,
      promptTokens: texts.reduce((sum, { tokens }) => sum + tokens, 0),
      question: texts.map(({ text }) => text).join('\n'),
      outputCap: asked.max_tokens ?? defaultMaxTokens,
      choices: texts.length * (asked.n ?? 1),
      stop: [asked.stop ?? []].flat(),
      seed: asked.seed ?? 0,
      wantsUsage: asked.stream_options?.include_usage ?? false,
    })
  },
  writeAnswer({ model, stream, wantsUsage }, { id, createdAtSeconds, choices, usage }, { report }) {
    const head = { id: id.replace('chatcmpl-', 'cmpl-'), object: 'text_completion', created: createdAtSeconds, model }
    if (!stream) {
      const told = report !== undefined && { usage: report && writeUsage(report) }
      const written = choices.map((choice, index) => choiceOf(index, textOf(choice), finishOf(choice)))
      return documentOf({ ...head, choices: written, ...told }, usage.completionTokens, report)
    }
    const event = (body: object, more: Omit<Part, 'bytes'>): Part => ({
      bytes: `data: ${JSON.stringify({ ...head, ...body })}\n\n`,
      ...more,
    })
    const parts = choices.flatMap((choice, index) => [
      ...choice.sayings.flatMap(({ pieces, leadTokens }) =>
        pieces.map(({ text, tokens }, at) =>
          event({ choices: [choiceOf(index, text, null)] }, { tokens: tokens + (at === 0 ? leadTokens : 0) }),
        ),
      ),
      event({ choices: [choiceOf(index, '', finishOf(choice))] }, { tokens: 0 }),
    ])
    if (wantsUsage && report !== undefined) {
      parts.push(event({ choices: [], usage: report && writeUsage(report) }, { tokens: 0, report }))
    }
    parts.push({ bytes: 'data: [DONE]\n\n', tokens: 0 })
    return {
      status: 200,
      headers: { 'content-type': 'text/event-stream; charset=utf-8' },
      isStream: true,
      parts,
      ending: 'end',
    }
  },
}

function textOf({ sayings }: Choice): string {
  return sayings.flatMap(({ pieces }) => pieces.map(({ text }) => text)).join('')
}

function finishOf({ finish }: Choice): 'length' | 'stop' {
  return finish === 'length' ? 'length' : 'stop'
}

function choiceOf(index: number, text: string, finish: string | null): object {
  return { text, index, logprobs: null, finish_reason: finish }
}
