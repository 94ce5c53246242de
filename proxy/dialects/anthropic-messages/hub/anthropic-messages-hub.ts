import type { Hub } from '../../../hub/hub.ts'
import { defaultVersion, parseUncappedRequest } from '../parse-request.ts'
import { nameOf } from './name-of.ts'
import { openReader, readAnswer } from './open-reader.ts'
import { openWriter } from './open-writer.ts'
import { readConversation } from './read-conversation.ts'
import { writeAnswer } from './write-answer.ts'
import { writeConversation } from './write-conversation.ts'

/** Anthropic's Messages, to and from words of no dialect. */
export const anthropicMessagesHub: Hub = {
  nameOf,
  readConversation,
  writeConversation,
  parseWritten: (body) =>
    parseUncappedRequest(body, { path: '', query: '', headers: { 'anthropic-version': defaultVersion } }),
  openReader,
  readAnswer,
  openWriter,
  writeAnswer,
}
