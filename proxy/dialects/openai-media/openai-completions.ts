import type { Dialect } from '../dialect.ts'
import { openAiChat } from '../openai-chat/openai-chat.ts'
import { parseCompletions } from './parse-completions.ts'
import { readCompletionText } from './read-completion-text.ts'
import { writeCompletions } from './write-completions.ts'

/** OpenAI's completions, the older way: one text goes on. Its usage is that of chats. */
export const openAiCompletions: Dialect = {
  ...openAiChat,
  name: 'openai-completions',
  hub: null,
  upstreamPath: () => '/completions',
  parseRequest: parseCompletions,
  writeRequest: writeCompletions,
  readText: readCompletionText,
}
