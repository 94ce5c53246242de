import type { Dialect } from '../dialect.ts'
import { openAiChat } from '../openai-chat/openai-chat.ts'
import { parseEmbeddings } from './parse-embeddings.ts'
import { readInputReport } from './read-input-report.ts'
import { writeNamed } from './write-named.ts'

/** Texts become vectors: there is input only. */
export const openAiEmbeddings: Dialect = {
  ...openAiChat,
  name: 'openai-embeddings',
  hub: null,
  upstreamPath: () => '/embeddings',
  parseRequest: parseEmbeddings,
  writeRequest: writeNamed,
  readReport: readInputReport,
  readText: () => '',
}
