import { seekValues } from '../../sse/seek-values.ts'

/** The last events of a stream, and failures. */
export const mayReport = seekValues(['messageStop', 'metadata', 'error'])
