import { createHash } from 'node:crypto'
import { asRecord } from '../../json/as-record.ts'
import { listOf } from '../../json/read-value.ts'
import type { Target } from '../dialect.ts'
import { quirksOf } from './quirks.ts'

type Fields = Record<string, unknown>

/** The same request in the spelling of the vendor that it goes to; what OpenAI would take as it is passes as it is. */
export function fitVendor(body: Fields, { vendor, upstreamModel }: Target): Fields {
  const quirks = quirksOf(vendor)
  const fitted: Fields = { ...body }
  if (quirks.cap === 'older' && fitted.max_completion_tokens != null) {
    // A vendor that does not know a cap would write beyond it.
    fitted.max_tokens = fitted.max_completion_tokens
    delete fitted.max_completion_tokens
  }
  if (quirks.tellsUsageUnasked) delete fitted.stream_options
  if (quirks.seedField && fitted.seed !== undefined) {
    fitted[quirks.seedField] = fitted.seed
    delete fitted.seed
  }
  if (quirks.thinksInStreamsOnly?.test(upstreamModel) && !fitted.stream) fitted.enable_thinking ??= false
  if (quirks.knowsNoDeveloper || quirks.hasShortCallIds) {
    fitted.messages = listOf(body.messages).map((message) => {
      const named = quirks.knowsNoDeveloper ? withoutDeveloper(asRecord(message)) : asRecord(message)
      return quirks.hasShortCallIds ? withShortIds(named) : named
    })
  }
  return fitted
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
