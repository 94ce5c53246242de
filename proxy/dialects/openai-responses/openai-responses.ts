import type { Dialect } from '../dialect.ts'
import { renderError } from '../openai-chat/render-error.ts'
import { renderModel, renderModels } from '../openai-chat/render-models.ts'
import { endsStream } from './ends-stream.ts'
import { openAiResponsesHub } from './hub/openai-responses-hub.ts'
import { mayReport } from './may-report.ts'
import { parseRequest } from './parse-request.ts'
import { readReport } from './read-report.ts'
import { readText } from './read-text.ts'
import { renderErrorEvent } from './render-error-event.ts'
import { withCost } from './with-cost.ts'
import { writeRequest } from './write-request.ts'

/** OpenAI's Responses. */
export const openAiResponses: Dialect = {
  name: 'openai-responses',
  hub: openAiResponsesHub,
  parseRequest,
  upstreamPath: () => '/responses',
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
  // Everybody is told the usage here, asked or not.
  withoutUsage: (value) => value,
}
