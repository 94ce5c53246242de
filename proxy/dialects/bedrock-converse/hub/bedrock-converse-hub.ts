import type { VendorHub } from '../../../hub/hub.ts'
import { parseWritten } from '../parse-written.ts'
import { openReader, readAnswer } from './open-reader.ts'
import { writeConversation } from './write-conversation.ts'

/** Amazon's Converse, from words of no dialect and back to them. */
export const bedrockConverseHub: VendorHub = { writeConversation, parseWritten, openReader, readAnswer }
