import type { Hub } from '../../../hub/hub.ts'
import { asRecord } from '../../../json/as-record.ts'
import { parseGenerate } from '../parse-generate.ts'
import { nameOf } from './name-of.ts'
import { openReader } from './open-reader.ts'
import { openWriter } from './open-writer.ts'
import { readConversation } from './read-conversation.ts'
import { writeAnswer } from './write-answer.ts'
import { writeConversation } from './write-conversation.ts'

/** Google's contents, to and from words of no dialect. */
export const geminiHub: Hub = {
  nameOf,
  readConversation,
  writeConversation,
  parseWritten({ value, byteLength }) {
    const { model, stream, ...body } = asRecord(value)
    const method = stream === true ? 'streamGenerateContent' : 'generateContent'
    const path = `/v1beta/models/${encodeURIComponent(String(model))}:${method}`
    return parseGenerate({ value: body, byteLength }, { path, query: stream === true ? 'alt=sse' : '', headers: {} })
  },
  openReader,
  readAnswer(value) {
    const reader = openReader()
    return [...reader.read(value), ...reader.end()]
  },
  openWriter,
  writeAnswer,
}
