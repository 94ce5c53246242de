import { formatFunctionDefinitions } from 'gpt-tokenizer/functionCalling'
import type { Tokenizer } from '../../writing/load-tokenizer.ts'
import { type ChatMessage, type ChatRequest, partsOf } from './chat-request.ts'

/** See OpenAI's cookbook, "How to count tokens". */
const tokensPerMessage = 3
const tokensPerName = 1
const tokensPerReply = 3
const tokensPerToolList = 9

/** An image of 1024 × 1024 in four tiles, and any image in low detail. */
const tokensPerImage = 765
const tokensPerSmallImage = 85

/** What OpenAI would count as the prompt of this chat. */
export function countPrompt({ messages, tools, response_format }: ChatRequest, tokenizer: Tokenizer): number {
  let tokens = tokensPerReply
  for (const message of messages) tokens += tokensPerMessage + countMessage(message, tokenizer)
  if (tools?.length) {
    const functions = tools.map((tool) => tool.function)
    const definitions = formatFunctionDefinitions(functions as Parameters<typeof formatFunctionDefinitions>[0])
    tokens += tokensPerToolList + tokenizer.count(definitions)
  }
  if (response_format?.json_schema) tokens += tokenizer.count(JSON.stringify(response_format.json_schema))
  return tokens
}

function countMessage({ role, name, content, tool_calls }: ChatMessage, tokenizer: Tokenizer): number {
  let tokens = tokenizer.count(role)
  if (name) tokens += tokensPerName + tokenizer.count(name)
  if (typeof content === 'string') tokens += tokenizer.count(content)
  else {
    for (const part of partsOf(content)) {
      if (typeof part.text === 'string') tokens += tokenizer.count(part.text)
      else if (part.type === 'image_url')
        tokens += part.image_url?.detail === 'low' ? tokensPerSmallImage : tokensPerImage
    }
  }
  for (const call of tool_calls ?? []) tokens += tokenizer.count(`${call.function?.name}${call.function?.arguments}`)
  return tokens
}
