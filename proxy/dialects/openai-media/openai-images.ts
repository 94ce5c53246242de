import type { Dialect } from '../dialect.ts'
import { openAiChat } from '../openai-chat/openai-chat.ts'
import { parseImages } from './parse-images.ts'
import { readImagesReport } from './read-images-report.ts'
import { writeForm } from './write-form.ts'

/** Pictures from words, and from other pictures. */
export const openAiImages: Dialect = {
  ...openAiChat,
  name: 'openai-images',
  hub: null,
  takesForms: true,
  upstreamPath: ({ method }) => `/images/${method}`,
  parseRequest: parseImages,
  writeRequest: writeForm,
  readReport: readImagesReport,
  readText: () => '',
  withCost: (value) => value,
  withoutUsage: (value) => value,
}
