import type { Dialect } from '../dialect.ts'
import { openAiChat } from '../openai-chat/openai-chat.ts'
import { parseTranscriptions } from './parse-transcriptions.ts'
import { readSoundReport } from './read-sound-report.ts'
import { writeForm } from './write-form.ts'

/** Sound becomes words, in its own language or in English. */
export const openAiTranscriptions: Dialect = {
  ...openAiChat,
  name: 'openai-transcriptions',
  hub: null,
  takesForms: true,
  answersBytes: true,
  upstreamPath: ({ method }) => `/audio/${method}`,
  parseRequest: parseTranscriptions,
  writeRequest: writeForm,
  readReport: readSoundReport,
  readText: () => '',
  withCost: (value) => value,
  withoutUsage: (value) => value,
}
