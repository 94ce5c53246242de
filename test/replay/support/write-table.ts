import { explain } from './exceptions.ts'
import type { Row } from './judge.ts'

const dialects = ['openai-chat', 'anthropic-messages', 'openai-responses', 'gemini'] as const
const columns = ['same', ...dialects, 'metered'] as const

/** The verdict of one column; null where the recording is in that dialect, or an error. */
export function verdictOf(row: Row, column: (typeof columns)[number]): string | null {
  if (column === 'same' || column === 'metered') return row[column]
  return row.cross[column] ?? null
}

/** Every column of a row that did not pass. */
export function failuresOf(row: Row): { column: string; verdict: string; why: string | null }[] {
  return columns.flatMap((column) => {
    const verdict = verdictOf(row, column)
    return verdict === null || verdict === 'pass' ? [] : [{ column, verdict, why: explain(row.file, column) }]
  })
}

/** docs/REPLAY.md. */
export function writeTable(rows: readonly Row[]): string {
  const notes: string[] = []
  const noteOf = (why: string): number => {
    if (!notes.includes(why)) notes.push(why)
    return notes.indexOf(why) + 1
  }
  const cell = (row: Row, column: (typeof columns)[number]): string => {
    const verdict = verdictOf(row, column)
    if (verdict === null) return ''
    return verdict === 'pass' ? '✓' : `[${noteOf(explain(row.file, column) ?? 'Not explained.')}]`
  }
  const lines = rows.map(
    (row) => `| ${row.file.replace(/\.json$/, '')} | ${columns.map((column) => cell(row, column)).join(' | ')} |`,
  )
  const sums = columns.map((column) => {
    const verdicts = rows.map((row) => verdictOf(row, column)).filter((verdict) => verdict !== null)
    return `${verdicts.filter((verdict) => verdict === 'pass').length} of ${verdicts.length}`
  })
  return [
    '# Replay',
    '',
    'What vendors really sent, put behind the gateway with its bytes cut at seeded random places. Written by',
    '`node scripts/write-replay-table.ts`; `test/replay` holds every line of it.',
    '',
    '- **same**: a caller of the same dialect gets the bytes that were recorded, hidden usage and its cost aside; errors',
    '  pass unmodified, except those that are about the account of the gateway.',
    '- **openai-chat, anthropic-messages, openai-responses, gemini**: the real client of that dialect reads the same text, calls of',
    '  tools, finish reason and usage from it; empty where that is the dialect of the recording, or where it has no like:',
    '  embeddings, and completions of the older kind.',
    '- **metered**: what is booked is the usage that the recording states, or is marked as estimated where it states none.',
    '',
    `| recording | ${columns.join(' | ')} |`,
    `| --- | ${columns.map(() => '---').join(' | ')} |`,
    `| **passed** | ${sums.join(' | ')} |`,
    ...lines,
    '',
    ...notes.map((why, index) => `[${index + 1}] ${why}\n`),
  ].join('\n')
}
