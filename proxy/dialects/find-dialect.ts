import { headerOf, type IncomingRequest } from '../exchange.ts'
import { anthropicCount } from './anthropic-messages/anthropic-count.ts'
import { anthropicMessages } from './anthropic-messages/anthropic-messages.ts'
import type { Dialect } from './dialect.ts'
import { gemini } from './gemini/gemini.ts'
import { geminiCount } from './gemini/gemini-count.ts'
import { geminiEmbeddings } from './gemini/gemini-embeddings.ts'
import { openAiChat } from './openai-chat/openai-chat.ts'
import { openAiCompletions } from './openai-media/openai-completions.ts'
import { openAiEmbeddings } from './openai-media/openai-embeddings.ts'
import { openAiImages } from './openai-media/openai-images.ts'
import { openAiModerations } from './openai-media/openai-moderations.ts'
import { openAiSpeech } from './openai-media/openai-speech.ts'
import { openAiTranscriptions } from './openai-media/openai-transcriptions.ts'
import { rerank } from './openai-media/rerank.ts'
import { openAiResponses } from './openai-responses/openai-responses.ts'

const rows: readonly { path: RegExp; dialect: Dialect }[] = [
  { path: /:countTokens$/, dialect: geminiCount },
  { path: /:(?:embedContent|batchEmbedContents)$/, dialect: geminiEmbeddings },
  { path: /:(?:generateContent|streamGenerateContent)$/, dialect: gemini },
  { path: /\/completions$/, dialect: openAiCompletions },
  { path: /\/embeddings$/, dialect: openAiEmbeddings },
  { path: /\/moderations$/, dialect: openAiModerations },
  { path: /\/images\/(?:generations|edits)$/, dialect: openAiImages },
  { path: /\/audio\/speech$/, dialect: openAiSpeech },
  { path: /\/audio\/(?:transcriptions|translations)$/, dialect: openAiTranscriptions },
  { path: /\/rerank$/, dialect: rerank },
]

/**
 * What the caller speaks: the path decides where it belongs to one dialect, and else, such as for a list of models or
 * a path that does not exist, the headers that the clients of that dialect send.
 */
export function findDialect(request: IncomingRequest): Dialect {
  if (/\/messages\/count_tokens$/.test(request.path)) return anthropicCount
  if (/\/messages(?:\/|$)/.test(request.path)) return anthropicMessages
  if (/\/responses(?:\/|$)/.test(request.path)) return openAiResponses
  if (/\/chat\/completions$/.test(request.path)) return openAiChat
  const found = rows.find(({ path }) => path.test(request.path))
  if (found) return found.dialect
  if (request.path.startsWith('/v1beta/openai/')) return openAiChat
  if (request.path.startsWith('/v1beta/') || headerOf(request, 'x-goog-api-key')) return gemini
  return headerOf(request, 'anthropic-version') ? anthropicMessages : openAiChat
}
