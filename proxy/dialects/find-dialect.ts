import { headerOf, type IncomingRequest } from '../exchange.ts'
import { anthropicCount } from './anthropic-messages/anthropic-count.ts'
import { anthropicMessages } from './anthropic-messages/anthropic-messages.ts'
import type { Dialect } from './dialect.ts'
import { openAiChat } from './openai-chat/openai-chat.ts'
import { openAiResponses } from './openai-responses/openai-responses.ts'

/**
 * What the caller speaks: the path decides where it belongs to one dialect, and else, such as for a list of models or
 * a path that does not exist, the headers that the clients of that dialect send.
 */
export function findDialect(request: IncomingRequest): Dialect {
  if (/\/messages\/count_tokens$/.test(request.path)) return anthropicCount
  if (/\/messages(?:\/|$)/.test(request.path)) return anthropicMessages
  if (/\/responses(?:\/|$)/.test(request.path)) return openAiResponses
  if (/\/chat\/completions$/.test(request.path)) return openAiChat
  return headerOf(request, 'anthropic-version') ? anthropicMessages : openAiChat
}
