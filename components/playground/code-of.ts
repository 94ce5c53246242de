import type { CodeSample } from '../ui/code-block.tsx'
import { bodyOf } from './body-of.ts'
import { curlOf } from './curl-of.ts'
import type { Effort } from './draft.ts'
import type { Message } from './messages-of.ts'
import type { PlaygroundModel } from './playground-facts.ts'
import type { Parameters } from './read-parameters.ts'

interface Asked {
  /** With /v1. */
  baseUrl: string
  model: PlaygroundModel
  messages: readonly Message[]
  parameters: Parameters
}

/** Anthropic's clients must name a cap. */
const plainCap = 1024
/** Tokens to think in, for clients that count them. */
const thoughtTokens: Record<Effort, number> = { low: 4096, medium: 12_288, high: 24_576 }

/** The same question as a program of one's own would ask it, complete but for the key. */
export function codeOf(asked: Asked): readonly [CodeSample, ...CodeSample[]] {
  return [
    { label: 'curl', code: curlOf(asked.baseUrl, bodyOf(asked.model, asked.messages, asked.parameters)) },
    { label: 'OpenAI · Python', code: openAiPython(asked) },
    { label: 'OpenAI · Node', code: openAiNode(asked) },
    { label: 'Anthropic · Python', code: anthropic(asked) },
    { label: 'Gemini · Python', code: gemini(asked) },
  ]
}

function openAiPython({ baseUrl, model, messages, parameters }: Asked): string {
  return `import os
from openai import OpenAI

client = OpenAI(
    base_url="${baseUrl}",
    api_key=os.environ["STIPEND_API_KEY"],
)
stream = client.chat.completions.create(
${keywords({ ...bodyOf(model, messages, parameters), stream: true })}
)
for chunk in stream:
    if chunk.choices:
        print(chunk.choices[0].delta.content or "", end="", flush=True)`
}

function openAiNode({ baseUrl, model, messages, parameters }: Asked): string {
  const body = JSON.stringify({ ...bodyOf(model, messages, parameters), stream: true }, null, 2)
  return `import OpenAI from 'openai'

const client = new OpenAI({
  baseURL: '${baseUrl}',
  apiKey: process.env.STIPEND_API_KEY,
})
const stream = await client.chat.completions.create(${body.replace(/^( +)"(\w+)":/gm, '$1$2:')})
for await (const chunk of stream) {
  process.stdout.write(chunk.choices[0]?.delta.content ?? '')
}`
}

function anthropic({ baseUrl, model, messages, parameters }: Asked): string {
  const { temperature, maxTokens } = parameters
  const thought = model.takesEffort && parameters.effort ? thoughtTokens[parameters.effort] : null
  const cap = maxTokens ?? plainCap
  return `import os
from anthropic import Anthropic

client = Anthropic(
    base_url="${rootOf(baseUrl)}",
    api_key=os.environ["STIPEND_API_KEY"],
)
with client.messages.stream(
${keywords({
  model: model.name,
  // What is thought counts as written.
  max_tokens: cap + (thought ?? 0),
  ...systemOf(messages, 'system'),
  messages: messages.filter(({ role }) => role !== 'system'),
  // Who thinks takes no temperature.
  ...(temperature !== null && thought === null && model.takesTemperature && { temperature }),
  ...(thought !== null && { thinking: { type: 'enabled', budget_tokens: thought } }),
})}
) as stream:
    for text in stream.text_stream:
        print(text, end="", flush=True)`
}

function gemini({ baseUrl, model, messages, parameters }: Asked): string {
  const { temperature, maxTokens, effort } = parameters
  const config = {
    ...systemOf(messages, 'system_instruction'),
    ...(temperature !== null && model.takesTemperature && { temperature }),
    ...(maxTokens !== null && { max_output_tokens: maxTokens }),
    ...(effort !== null && model.takesEffort && { thinking_config: { thinking_budget: thoughtTokens[effort] } }),
  }
  return `import os
from google import genai

client = genai.Client(
    api_key=os.environ["STIPEND_API_KEY"],
    http_options={"base_url": "${rootOf(baseUrl)}"},
)
stream = client.models.generate_content_stream(
${keywords({
  model: model.name,
  contents: messages
    .filter(({ role }) => role !== 'system')
    .map(({ role, content }) => ({ role: role === 'assistant' ? 'model' : 'user', parts: [{ text: content }] })),
  ...(Object.keys(config).length > 0 && { config }),
})}
)
for chunk in stream:
    print(chunk.text or "", end="", flush=True)`
}

/** What adds its own version to it. */
function rootOf(baseUrl: string): string {
  return baseUrl.replace(/\/v1$/, '')
}

function systemOf(messages: readonly Message[], name: string): Record<string, string> {
  const system = messages.find(({ role }) => role === 'system')
  return system ? { [name]: system.content } : {}
}

/** Arguments of a call in Python. Text and numbers are written there as in JSON; of the rest only `true` is used here. */
function keywords(values: object): string {
  return Object.entries(values)
    .map(([name, value]) => `    ${name}=${value === true ? 'True' : indent(JSON.stringify(value, null, 4))},`)
    .join('\n')
}

function indent(text: string): string {
  return text.replaceAll('\n', '\n    ')
}
