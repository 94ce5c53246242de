import { seekValues } from '../../sse/seek-values.ts'

const saysStop = seekValues(['message_stop'])

/** Larger than the event with the spaces that Anthropic pads it with, smaller than any that quotes it. */
const mostBytes = 512

export function endsStream(event: Uint8Array): boolean {
  return event.byteLength < mostBytes && saysStop(event)
}
