import { anthropicMessages } from './anthropic/anthropic-messages.ts'
import { asAzure } from './azure/as-azure.ts'
import { showDeployments } from './azure/show-deployments.ts'
import { bedrockConverse } from './bedrock/bedrock-converse.ts'
import { bedrockInvoke } from './bedrock/bedrock-invoke.ts'
import { showFoundationModels } from './bedrock/show-foundation-models.ts'
import type { Dialect } from './dialect.ts'
import { gemini } from './gemini/gemini.ts'
import { geminiWordless } from './gemini/gemini-wordless.ts'
import { openAiChat } from './openai/openai-chat.ts'
import { openAiCompletions } from './openai-media/openai-completions.ts'
import { openAiEmbeddings } from './openai-media/openai-embeddings.ts'
import { openAiImages } from './openai-media/openai-images.ts'
import { openAiModerations } from './openai-media/openai-moderations.ts'
import { openAiSpeech } from './openai-media/openai-speech.ts'
import { openAiTranscriptions } from './openai-media/openai-transcriptions.ts'
import { rerank } from './openai-media/rerank.ts'
import { openAiResponses } from './responses/openai-responses.ts'
import { vertexAnthropic, vertexGemini } from './vertex/as-vertex.ts'
import { showPublisherModels } from './vertex/show-publisher-models.ts'

/** Every wire format that the vendor speaks. */
export const dialects: readonly Dialect[] = [
  openAiChat,
  anthropicMessages,
  openAiResponses,
  openAiCompletions,
  openAiEmbeddings,
  openAiModerations,
  openAiImages,
  openAiSpeech,
  openAiTranscriptions,
  rerank,
  gemini,
  geminiWordless,
  { ...asAzure(openAiChat, '/chat/completions'), showModels: showDeployments },
  asAzure(openAiResponses, '/responses'),
  { ...bedrockConverse, showModels: showFoundationModels },
  bedrockInvoke,
  { ...vertexGemini, showModels: showPublisherModels },
  vertexAnthropic,
]
