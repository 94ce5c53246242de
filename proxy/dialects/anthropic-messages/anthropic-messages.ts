import { asRecord } from '../../json/as-record.ts'
import type { Dialect } from '../dialect.ts'
import { endsStream } from './ends-stream.ts'
import { hosts } from './hosts.ts'
import { anthropicMessagesHub } from './hub/anthropic-messages-hub.ts'
import { mayReport } from './may-report.ts'
import { parseRequest } from './parse-request.ts'
import { readReport } from './read-report.ts'
import { readText } from './read-text.ts'
import { renderError, renderErrorEvent } from './render-error.ts'
import { renderModel, renderModels } from './render-models.ts'
import { withCost } from './with-cost.ts'
import { writeRequest } from './write-request.ts'

/** Anthropic's Messages. */
export const anthropicMessages: Dialect = {
  name: 'anthropic-messages',
  needsOutputCap: true,
  hub: anthropicMessagesHub,
  parseRequest,
  upstreamPath({ query, stream }, { vendor, upstreamModel }) {
    const host = hosts[vendor]
    if (host) return host.path(upstreamModel, stream)
    return query ? `/v1/messages?${query}` : '/v1/messages'
  },
  writeRequest,
  renderError,
  renderErrorEvent,
  renderModels,
  renderModel,
  endsStream,
  mayReport,
  readReport,
  readText,
  // A host that fails by itself has words of its own.
  ownsRefusal: (value) => asRecord(value).error !== undefined,
  withCost,
  // Everybody is told the usage here, asked or not.
  withoutUsage: (value) => value,
}
