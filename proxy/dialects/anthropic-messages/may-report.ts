import { seekValues } from '../../sse/seek-values.ts'

/** The first event, the one before the last, and failures, by their types. */
export const mayReport = seekValues(['message_start', 'message_delta', 'error'])
