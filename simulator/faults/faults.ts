import type { Answer, Part } from '../answer.ts'
import type { Fault } from './fault.ts'
import { halveBytes } from './halve-bytes.ts'
import type { Refusal } from './refusal.ts'
import { refusals } from './refusals.ts'
import { splitAnswer } from './split-answer.ts'

type RefusalName = keyof typeof refusals

function refuseWith(refusal: Refusal): Fault {
  return { summary: `${refusal.status}: ${refusal.message}`, change: (_, { dialect }) => dialect.refuse(refusal) }
}

const statusFaults = Object.fromEntries(
  Object.entries(refusals).map(([name, refusal]) => [name, refuseWith(refusal)]),
) as Record<RefusalName, Fault>

const webPage =
  '<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<h1>502 Bad Gateway</h1>\r\n</html>\r\n'
const spaces: Part = { bytes: Buffer.alloc(1024 * 1024, ' '), tokens: 0 }
const padding: Part[] = Array.from({ length: 64 }, () => spaces)
const comment: Part[] = [{ bytes: ':', tokens: 0 }, ...padding, { bytes: '\n\n', tokens: 0 }]

/** Every row is a fault that can be ordered by its name. */
export const faults = {
  ...statusFaults,

  'html-502': {
    summary: 'a web page of a load balancer, under 502',
    change: () => documentOf(502, { 'content-type': 'text/html' }, webPage),
  },
  redirect: {
    summary: '302 to a name that can never exist: who follows it reaches nobody',
    change: () => documentOf(302, { location: 'https://elsewhere.invalid/v1/chat/completions' }, ''),
  },

  hang: { summary: 'never answers', change: (answer) => ({ ...answer, isSilent: true, ending: 'hang' }) },
  slow: { summary: 'answers late and in drips', pace: { latencyMs: 2_000, chunkDelayMs: 200 } },
  'reset-before-headers': {
    summary: 'resets the connection instead of answering',
    change: (answer) => ({ ...answer, isSilent: true, ending: 'reset' }),
  },
  'reset-after-headers': {
    summary: 'sends headers, then resets the connection',
    change: (answer) => ({ ...answer, parts: [], ending: 'reset' }),
  },
  'reset-between-events': {
    summary: 'resets the connection after a whole event; for a document: after half of its bytes',
    change: (answer, { atToken }) => {
      const parts = answer.isStream ? splitAnswer(answer, atToken)[0] : answer.parts.map(halveBytes)
      return { ...answer, parts, ending: 'reset' }
    },
  },
  'reset-mid-chunk': {
    summary: 'resets the connection in the middle of an event, or of a document',
    change: (answer, { atToken }) => {
      if (!answer.isStream) return { ...answer, parts: answer.parts.map(halveBytes), ending: 'reset' }
      const [before, after] = splitAnswer(answer, atToken)
      return { ...answer, parts: [...before, ...after.slice(0, 1).map(halveBytes)], ending: 'reset' }
    },
  },
  'hang-mid-stream': {
    summary: 'falls silent in the middle of an answer and keeps the connection',
    change: (answer, { atToken }) => {
      const parts = answer.isStream ? splitAnswer(answer, atToken)[0] : answer.parts.map(halveBytes)
      return { ...answer, parts, ending: 'hang' }
    },
  },
  'end-early': {
    summary: 'ends a stream in the middle as if it were whole: no finish reason, no usage, no closing event',
    change: (answer, { atToken }) => (answer.isStream ? { ...answer, parts: splitAnswer(answer, atToken)[0] } : answer),
  },
  'no-done': {
    summary: 'leaves out the closing event of a stream',
    change: (answer) => (answer.isStream ? { ...answer, parts: answer.parts.slice(0, -1) } : answer),
  },
  'error-mid-stream': {
    summary: 'an error event in the middle of a stream under HTTP 200, then its end',
    change: (answer, { dialect, atToken }) => {
      if (!answer.isStream) return dialect.refuse(refusals['status-500'])
      return {
        ...answer,
        parts: [...splitAnswer(answer, atToken)[0], dialect.failMidStream(refusals['status-500'], answer)],
      }
    },
  },

  'usage-missing': { summary: 'tells no usage', report: () => undefined },
  'usage-null': { summary: 'tells null', report: () => null },
  'usage-zero': {
    summary: 'tells that nothing was used',
    report: () => ({ promptTokens: 0, completionTokens: 0, cachedTokens: 0, reasoningTokens: 0 }),
  },
  'usage-negative': {
    summary: 'tells negative figures',
    report: (honest) => ({ ...honest, promptTokens: -honest.promptTokens, completionTokens: -honest.completionTokens }),
  },
  'usage-huge': {
    summary: 'tells 10^18 output tokens',
    report: (honest) => ({ ...honest, completionTokens: 1e18 }),
  },
  'usage-fraction': {
    summary: 'tells half a token more than was served',
    report: (honest) => ({ ...honest, completionTokens: honest.completionTokens + 0.5 }),
  },
  'usage-text': {
    summary: 'tells figures as strings',
    report: (honest) => ({
      ...honest,
      promptTokens: String(honest.promptTokens),
      completionTokens: String(honest.completionTokens),
    }),
  },
  'usage-doubled': {
    summary: 'tells twice of what was used',
    report: (honest) => ({
      ...honest,
      promptTokens: honest.promptTokens * 2,
      completionTokens: honest.completionTokens * 2,
    }),
  },
  'usage-halved': {
    summary: 'tells less output than it served',
    report: (honest) => ({ ...honest, completionTokens: honest.completionTokens >> 1 }),
  },
  'usage-twice': {
    summary: 'tells the usage of a stream in two equal events',
    change: (answer) =>
      answer.isStream
        ? {
            ...answer,
            parts: answer.parts.flatMap((part) => (part.report && part.tokens === 0 ? [part, part] : [part])),
          }
        : answer,
  },
  'usage-cumulative': { summary: 'tells the usage so far with every event of a stream', reportStyle: 'cumulative' },
  'usage-split': { summary: 'tells input and output of a stream in two events', reportStyle: 'split' },

  'empty-body': { summary: '200 and nothing', change: (answer) => ({ ...answer, parts: [] }) },
  'invalid-json': {
    summary: 'half a document; in a stream one event that is no JSON',
    change: (answer, { dialect, atToken }) => {
      if (!answer.isStream) return { ...answer, parts: answer.parts.map(halveBytes) }
      const [before, after] = splitAnswer(answer, atToken)
      return { ...answer, parts: [...before, dialect.event('{"choices": [{"index": 0,', answer), ...after] }
    },
  },
  'wrong-content-type': {
    summary: 'the right body, called plain text',
    change: (answer) => ({ ...answer, headers: { ...answer.headers, 'content-type': 'text/plain; charset=utf-8' } }),
  },
  'enormous-body': {
    summary: '64 MiB of spaces before the document, or in one comment in the middle of a stream',
    change: (answer, { dialect, atToken }) => {
      if (!answer.isStream) return { ...answer, parts: [...padding, ...answer.parts] }
      const [before, after] = splitAnswer(answer, atToken)
      return { ...answer, parts: [...before, ...(dialect.takesNoComments?.(answer) ? padding : comment), ...after] }
    },
  },
} satisfies Record<string, Fault>

export type FaultName = keyof typeof faults

export const faultNames = Object.keys(faults) as [FaultName, ...FaultName[]]

function documentOf(status: number, headers: Record<string, string>, text: string): Answer {
  return { status, headers, isStream: false, parts: [{ bytes: text, tokens: 0 }], ending: 'end' }
}
