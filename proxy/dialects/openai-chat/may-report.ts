import { seekValues } from '../../sse/seek-values.ts'

/**
 * The few events of a stream that say how it went: all others pass without being parsed. OpenAI repeats
 * `"usage":null` and `"finish_reason":null` on every event, so the key alone is not enough.
 */
export const mayReport = seekValues(['usage', 'finish_reason', 'error'])
