import type { Dialect } from './dialect.ts'
import { openAiChat } from './openai/openai-chat.ts'

/** Every wire format that the vendor speaks. */
export const dialects: readonly Dialect[] = [openAiChat]
