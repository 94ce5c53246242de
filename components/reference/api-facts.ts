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
  description: string
  parameters: readonly ApiField[]
  body: readonly ApiField[]
  answer: readonly ApiField[]
}

export interface ApiField {
  name: string
  type: string
  isRequired: boolean
  description: string | null
  fields: readonly ApiField[]
}
