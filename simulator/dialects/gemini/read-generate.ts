import type { Tokenizer } from '../../writing/load-tokenizer.ts'
import type { Ask } from '../dialect.ts'
import { readAsChat } from '../read-as-chat.ts'
import { refuse } from '../refuse.ts'
import { methodOf, modelOf } from './gemini-base.ts'
import { type GenerateRequest, generateRequestSchema } from './generate-request.ts'
import { inLowerCase } from './in-lower-case.ts'
import { parse } from './parse.ts'
import { refuseLooseTurns } from './refuse-loose-turns.ts'
import { isThinker } from './seal.ts'
import { tellContents } from './tell-contents.ts'

/** What is asked of generateContent, or the 400 that Google would answer. */
export function readGenerate(body: unknown, url: string, tokenizer: Tokenizer): Ask {
  const request = parse(generateRequestSchema, body)
  const model = modelOf(url)
  const stream = methodOf(url) === 'streamGenerateContent'
  // A stream without events is one JSON array.
  const isArray = stream && new URLSearchParams(url.split('?', 2)[1]).get('alt') !== 'sse'
  const { contents, systemInstruction, tools, generationConfig: config = {} } = request
  refuseLooseTurns(contents, model)
  const declared = tools?.flatMap(({ functionDeclarations }) => functionDeclarations ?? []) ?? []
  const ask = readAsChat(
    {
      model,
      stream,
      max_completion_tokens: config.maxOutputTokens,
      n: config.candidateCount,
      seed: config.seed,
      messages: tellContents(contents, systemInstruction),
      tools:
        declared.length === 0
          ? undefined
          : declared.map(({ name, description, parameters, parametersJsonSchema }) => ({
              type: 'function',
              function: { name, description, parameters: inLowerCase(parametersJsonSchema ?? parameters) },
            })),
      tool_choice: choiceOf(request),
      response_format: formatOf(config),
    },
    tokenizer,
  )
  const showsThought = thinks(config, model)
  return { ...ask, stop: config.stopSequences ?? [], wantsUsage: true, showsThought, isArray }
}

function choiceOf({ toolConfig }: GenerateRequest): unknown {
  const { mode, allowedFunctionNames = [] } = toolConfig?.functionCallingConfig ?? {}
  if (mode === 'NONE') return 'none'
  if (mode !== 'ANY') return undefined
  const [name] = allowedFunctionNames
  return name === undefined ? 'required' : { type: 'function', function: { name } }
}

type Config = NonNullable<GenerateRequest['generationConfig']>

function formatOf({ responseMimeType, responseSchema, responseJsonSchema }: Config): unknown {
  const schema = inLowerCase(responseJsonSchema ?? responseSchema)
  if (responseMimeType !== 'application/json') {
    if (schema === undefined) return undefined
    throw refuse('Function calling with response schema requires the response mime type application/json.')
  }
  return schema === undefined
    ? { type: 'json_object' }
    : { type: 'json_schema', json_schema: { name: 'answer', schema } }
}

function thinks({ thinkingConfig }: Config, model: string): boolean {
  if (!thinkingConfig) return false
  const { includeThoughts, thinkingBudget, thinkingLevel } = thinkingConfig
  if (!/gemini-(?:2\.5|[3-9])/.test(model)) throw refuse(`Thinking is not enabled for models/${model}`)
  if (thinkingBudget !== undefined && thinkingLevel !== undefined) {
    throw refuse('You can only set only one of thinking budget and thinking level.')
  }
  if (thinkingLevel !== undefined && !isThinker(model)) throw refuse('Thinking level is not supported for this model.')
  if (includeThoughts === true && thinkingBudget === 0) {
    throw refuse('Unable to submit request because thinking_budget is 0 and include_thoughts is true.')
  }
  return includeThoughts === true
}
