import type { VendorDialect } from '../dialect.ts'
import { bedrockConverseHub } from './hub/bedrock-converse-hub.ts'
import { mayReport } from './may-report.ts'
import { readReport } from './read-report.ts'
import { readText } from './read-text.ts'
import { writeRequest } from './write-request.ts'

/** Amazon's Converse, in which every model of Bedrock can be asked. No caller speaks it here. */
export const bedrockConverse: VendorDialect = {
  name: 'bedrock-converse',
  hub: bedrockConverseHub,
  upstreamPath: ({ stream }, { upstreamModel }) =>
    `/model/${encodeURIComponent(upstreamModel)}/${stream ? 'converse-stream' : 'converse'}`,
  writeRequest,
  // A stream just ends, after its usage.
  endsStream: () => false,
  mayReport,
  readReport,
  readText,
  // It is always translated: nobody sees it as it came.
  withCost: (value) => value,
  withoutUsage: (value) => value,
}
