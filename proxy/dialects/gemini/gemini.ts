import type { Dialect } from '../dialect.ts'
import { geminiHub } from './hub/gemini-hub.ts'
import { mayReport } from './may-report.ts'
import { parseGenerate } from './parse-generate.ts'
import { readReport } from './read-report.ts'
import { readText } from './read-text.ts'
import { renderError } from './render-error.ts'
import { renderModel, renderModels } from './render-models.ts'
import { upstreamPath } from './upstream-path.ts'
import { withCost } from './with-cost.ts'
import { writeGenerate } from './write-generate.ts'

/** Google's generateContent and streamGenerateContent. */
export const gemini: Dialect = {
  name: 'gemini',
  hub: geminiHub,
  parseRequest: parseGenerate,
  upstreamPath,
  writeRequest: writeGenerate,
  renderError,
  renderErrorEvent: (error) => `data: ${renderError(error)}\r\n\r\n`,
  renderModels,
  renderModel,
  // A stream just ends.
  endsStream: () => false,
  mayReport,
  readReport,
  readText,
  withCost,
  // Whoever speaks this dialect always sees the usage.
  withoutUsage: (value) => value,
}
