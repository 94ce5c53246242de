import type { Period } from '#lib/core/period.ts'
import type { ActionResult } from '../action-result.ts'

export interface ClassDraft {
  csv: string
  projectId: string
  limitUsd: string
  period: Period
}

interface StudentFacts {
  line: number
  name: string
  email: string
  project: string
  capUsd: string
  models: string[] | null
  expiresAt: string | null
  isKnown: boolean
}

export interface ClassPreviewFacts {
  students: StudentFacts[]
  problems: { line: number; code: ClassProblemName; text: string }[]
}

type ClassProblemName =
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

export interface ClaimLinksFacts {
  rows: { name: string; email: string; url: string; expiresAt: string }[]
  /** The same as a file. */
  csv: string
}

/** The server's part; already bound to the organization. */
export type PreviewClass = (draft: ClassDraft) => Promise<ActionResult<ClassPreviewFacts>>
export type ImportClass = (draft: ClassDraft) => Promise<ActionResult<ClaimLinksFacts>>
