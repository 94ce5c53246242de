import { asRecord } from '../../json/as-record.ts'
import type { Block, MessagesBody } from './parse-request.ts'

/** Whether something of it is to be kept in the cache for an hour, which costs more to write. */
export function asksForAnHour({ cache_control: control, tools, system, messages }: MessagesBody): boolean {
  const contents = [system, ...messages.map(({ content }) => content)]
  return isHour(control) || (tools ?? []).some((tool) => isHour(tool.cache_control)) || contents.some(holdsHour)
}

function holdsHour(content: unknown): boolean {
  return (
    Array.isArray(content) && (content as Block[]).some((one) => isHour(one.cache_control) || holdsHour(one.content))
  )
}

function isHour(control: unknown): boolean {
  return asRecord(control).ttl === '1h'
}
