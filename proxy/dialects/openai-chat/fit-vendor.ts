import { createHash } from 'node:crypto'
import { asRecord } from '../../json/as-record.ts'
import { listOf } from '../../json/read-value.ts'
import type { Target } from '../dialect.ts'
import { quirksOf } from './quirks.ts'

type Fields = Record<string, unknown>

/** Puts a body of one's own into the spelling of the vendor that it goes to; what OpenAI would take stays as it is. */
export function fitVendor(body: Fields, { vendor, upstreamModel }: Target): void {
  const quirks = quirksOf(vendor)
  if (quirks.cap === 'older' && body.max_completion_tokens != null) {
    // A vendor that does not know a cap would write beyond it.
    body.max_tokens = body.max_completion_tokens
    delete body.max_completion_tokens
  }
  if (quirks.tellsUsageUnasked) delete body.stream_options
  if (quirks.seedField && body.seed !== undefined) {
    body[quirks.seedField] = body.seed
    delete body.seed
  }
  if (quirks.thinksInStreamsOnly?.test(upstreamModel) && !body.stream) body.enable_thinking ??= false
  if (quirks.knowsNoDeveloper || quirks.hasShortCallIds) {
    body.messages = listOf(body.messages).map((message) => {
      const named = quirks.knowsNoDeveloper ? withoutDeveloper(asRecord(message)) : asRecord(message)
      return quirks.hasShortCallIds ? withShortIds(named) : named
    })
  }
}

function withoutDeveloper(message: Readonly<Fields>): Readonly<Fields> {
  return message.role === 'developer' ? { ...message, role: 'system' } : message
}

function withShortIds(message: Readonly<Fields>): Readonly<Fields> {
  const { tool_calls: calls, tool_call_id: id } = message
  if (typeof id === 'string') return { ...message, tool_call_id: shortId(id) }
  if (!Array.isArray(calls)) return message
  return { ...message, tool_calls: calls.map(asRecord).map((call) => ({ ...call, id: shortId(String(call.id)) })) }
}

/** The same for a call and for its result, also in the next request. */
function shortId(id: string): string {
  if (/^[a-zA-Z0-9]{9}$/.test(id)) return id
  return createHash('sha256').update(id).digest('hex').slice(0, 9)
}
