import type { Dialect } from '../dialect.ts'
import { anthropicMessages } from './anthropic-messages.ts'
import { hosts } from './hosts.ts'
import { parseCountRequest } from './parse-request.ts'

/** How many tokens a conversation has: Anthropic charges nothing for it. */
export const anthropicCount: Dialect = {
  ...anthropicMessages,
  needsOutputCap: false,
  hub: null,
  parseRequest: parseCountRequest,
  isServedBy: ({ vendor }) => hosts[vendor]?.countPath !== null,
  upstreamPath: ({ query }, { vendor }) =>
    hosts[vendor]?.countPath ?? `/v1/messages/count_tokens${query ? `?${query}` : ''}`,
  writeRequest(request, target, outputCap) {
    const host = hosts[target.vendor]
    if (!host) return anthropicMessages.writeRequest(request, target, outputCap)
    const { model: _, ...asked } = request.body
    return JSON.stringify({ anthropic_version: host.version, ...asked, model: target.upstreamModel })
  },
}
