import type { Hub } from '../../../hub/hub.ts'
import { parseRequest } from '../parse-request.ts'
import { nameOf } from './name-of.ts'
import { openReader, readAnswer } from './open-reader.ts'
import { openWriter } from './open-writer.ts'
import { readConversation } from './read-conversation.ts'
import { writeAnswer } from './write-answer.ts'
import { writeConversation } from './write-conversation.ts'

/** OpenAI's Responses, to and from words of no dialect. */
export const openAiResponsesHub: Hub = {
  nameOf,
  readConversation,
  writeConversation,
  parseWritten: parseRequest,
  openReader,
  readAnswer,
  openWriter,
  writeAnswer,
}
