import { seekValues } from '../../sse/seek-values.ts'

/** Nearly every event of a stream says how much it has come to. */
export const mayReport = seekValues(['usageMetadata', 'finishReason', 'error', 'promptFeedback'])
