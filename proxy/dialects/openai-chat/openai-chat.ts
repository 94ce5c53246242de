import type { Dialect } from '../dialect.ts'
import { endsStream } from './ends-stream.ts'
import { openAiChatHub } from './hub/openai-chat-hub.ts'
import { mayReport } from './may-report.ts'
import { parseRequest } from './parse-request.ts'
import { readReport } from './read-report.ts'
import { readText } from './read-text.ts'
import { renderError, renderErrorEvent } from './render-error.ts'
import { renderModel, renderModels } from './render-models.ts'
import { withCost, withoutUsage } from './rewrite-usage.ts'
import { writeRequest } from './write-request.ts'

/** OpenAI's chat completions, spoken by most vendors. */
export const openAiChat: Dialect = {
  name: 'openai-chat',
  // Vertex AI serves the models of others in these words, at an endpoint for all of them.
  upstreamPath: (_, { vendor }) => (vendor === 'vertex' ? '/endpoints/openapi/chat/completions' : '/chat/completions'),
  hub: openAiChatHub,
  parseRequest,
  writeRequest,
  renderError,
  renderErrorEvent,
  renderModels,
  renderModel,
  endsStream,
  mayReport,
  readReport,
  readText,
  withCost,
  withoutUsage,
}
