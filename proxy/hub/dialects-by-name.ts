import type { DialectName } from '#lib/core/dialects.ts'
import { anthropicMessages } from '../dialects/anthropic-messages/anthropic-messages.ts'
import { bedrockConverse } from '../dialects/bedrock-converse/bedrock-converse.ts'
import type { VendorDialect } from '../dialects/dialect.ts'
import { gemini } from '../dialects/gemini/gemini.ts'
import { openAiChat } from '../dialects/openai-chat/openai-chat.ts'
import { openAiResponses } from '../dialects/openai-responses/openai-responses.ts'

/** Those that can be translated to. */
export const dialectsByName: Partial<Record<DialectName, VendorDialect>> = {
  'openai-chat': openAiChat,
  'anthropic-messages': anthropicMessages,
  'openai-responses': openAiResponses,
  gemini,
  'bedrock-converse': bedrockConverse,
}
