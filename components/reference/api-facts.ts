import type { CodeSample } from '../ui/code-block.tsx'

export interface ApiGroup {
  /** The noun of its paths: "keys". */
  name: string
  operations: readonly ApiOperation[]
}

export interface ApiOperation {
  id: string
  method: string
  path: string
  summary: string
  /** What the role of the key must allow: "keys.change". */
  permission: string
  parameters: readonly ApiField[]
  body: readonly ApiField[]
  answer: readonly ApiField[]
  samples: readonly [CodeSample, ...CodeSample[]]
  /** JSON as it comes when all is well. */
  answerExample: string
}

export interface ApiField {
  name: string
  type: string
  isRequired: boolean
  description: string | null
  fields: readonly ApiField[]
}

/** An operation as it is looked for. */
export interface ApiEntry {
  id: string
  method: string
  path: string
  summary: string
}

/** Groups that belong together. */
export interface ApiPart {
  /** Null: what stands before all. */
  label: string | null
  items: readonly { href: string; label: string; entries: readonly ApiEntry[] }[]
}
