import type { Dialect } from '../dialect.ts'
import { anthropicMessages } from './anthropic-messages.ts'
import { parseCountRequest } from './parse-request.ts'

/** How many tokens a conversation has: Anthropic charges nothing for it. */
export const anthropicCount: Dialect = {
  ...anthropicMessages,
  needsOutputCap: false,
  hub: null,
  parseRequest: parseCountRequest,
  upstreamPath: ({ query }) => `/v1/messages/count_tokens${query ? `?${query}` : ''}`,
}
