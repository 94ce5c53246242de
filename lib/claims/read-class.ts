import { CsvError, parse } from 'csv-parse/sync'
import { emailSchema } from '../auth/credentials-schema.ts'
import { nameSchema } from '../core/fields.ts'
import { maxNanos, parseUsd } from '../core/money.ts'

export const mostStudents = 200

export interface ClassRow {
  line: number
  name: string
  email: string
  /** By name; null: that of the whole class. */
  project: string | null
  /** Null: that of the whole class. */
  capNanos: bigint | null
  models: string[] | null
  expiresAt: Date | null
}

export type ClassProblemCode =
  | 'csv'
  | 'columns'
  | 'empty'
  | 'too_many'
  | 'name'
  | 'email'
  | 'twice'
  | 'project'
  | 'cap'
  | 'models'
  | 'expires'
  | 'role'

export interface ClassProblem {
  line: number
  code: ClassProblemCode
  /** What stands there. */
  text: string
}

const columns = ['name', 'email', 'project', 'cap', 'models', 'expires']

/** The people of a CSV file with a header (name, email; also project, cap, models, expires), and what is wrong with it. */
export function readClass(csv: string): { rows: ClassRow[]; problems: ClassProblem[] } {
  const problems: ClassProblem[] = []
  const rows: ClassRow[] = []
  const seen = new Set<string>()
  for (const { record, line } of readLines(csv, problems)) {
    const found = (code: ClassProblemCode, text: string) => problems.push({ line, code, text })
    const { name: givenName, email: givenEmail, project, cap, models, expires } = record
    const name = nameSchema.safeParse(givenName ?? '')
    const email = emailSchema.safeParse(givenEmail ?? '')
    const capNanos = cap ? parseUsd(cap.replace(/^\$/, '')) : null
    const expiresAt = expires ? readDay(expires) : null
    if (!name.success) found('name', givenName ?? '')
    if (!email.success) found('email', givenEmail ?? '')
    else if (seen.has(email.data)) found('twice', email.data)
    if (cap && (capNanos === null || capNanos > maxNanos)) found('cap', cap)
    if (expires && !expiresAt) found('expires', expires)
    if (!name.success || !email.success) continue
    seen.add(email.data)
    rows.push({
      line,
      name: name.data,
      email: email.data,
      project: project || null,
      capNanos,
      models: models ? [...new Set(models.split(/[\s;]+/).filter(Boolean))] : null,
      expiresAt,
    })
  }
  if (problems.length === 0 && rows.length === 0) problems.push({ line: 1, code: 'empty', text: '' })
  if (rows.length > mostStudents) problems.push({ line: 1, code: 'too_many', text: String(rows.length) })
  return { rows, problems }
}

type CsvRecord = Record<string, string | undefined>

function readLines(csv: string, problems: ClassProblem[]): { record: CsvRecord; line: number }[] {
  let header: string[] = []
  const readHeader = (cells: string[]) => {
    header = cells.map((cell) => cell.trim().toLowerCase())
    return header.map((cell, index) => (columns.includes(cell) ? cell : `other ${index}`))
  }
  try {
    const lines = parse(csv, {
      bom: true,
      columns: readHeader,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    }) as unknown as { record: CsvRecord; info: { lines: number } }[]
    if (header.includes('name') && header.includes('email')) {
      return lines.map(({ record, info }) => ({ record, line: info.lines }))
    }
    problems.push({ line: 1, code: csv.trim() ? 'columns' : 'empty', text: header.join(', ') })
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    problems.push({ line: Number(error.lines ?? 1), code: 'csv', text: '' })
  }
  return []
}

/** The end of a day in UTC; null unless it is a real one that has not passed. */
function readDay(text: string): Date | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null
  const date = new Date(`${text}T23:59:59Z`)
  const isReal = !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)
  return isReal && date.getTime() > Date.now() ? date : null
}
