import { openApiDocument } from '#lib/api/open-api-document.ts'

/** As much of JSON Schema as the management API is described in. */
export interface Schema {
  $ref?: string
  type?: string | string[]
  format?: string
  enum?: unknown[]
  const?: unknown
  items?: Schema
  properties?: Record<string, Schema>
  required?: string[]
  additionalProperties?: boolean | Schema
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
  description?: string
  example?: unknown
  minimum?: number
}

interface Parameter {
  name: string
  in: string
  required?: boolean
  schema: Schema
}

type Content = Record<string, { schema: Schema }>

export interface Operation {
  tags: string[]
  summary: string
  description: string
  operationId: string
  parameters?: Parameter[]
  requestBody?: { content: Content }
  responses: Record<string, { content?: Content }>
}

interface Document {
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, Schema> }
}

/** The same document that programs read, for pages. */
export function apiDocument(): Document {
  return openApiDocument() as Document
}

export function bodySchemaOf(operation: Operation): Schema | undefined {
  return jsonOf(operation.requestBody?.content)
}

/** Of the answer when all is well. */
export function answerSchemaOf(operation: Operation): Schema | undefined {
  const answer = Object.entries(operation.responses).find(([status]) => status.startsWith('2'))
  return jsonOf(answer?.[1].content)
}

function jsonOf(content: Content | undefined): Schema | undefined {
  return content?.['application/json']?.schema
}

export function resolveSchema(schema: Schema): Schema {
  const name = schema.$ref?.split('/').at(-1)
  return name ? (apiDocument().components.schemas[name] ?? {}) : schema
}

/** With the properties of all that it is put together from, or may be. */
export function mergeSchema(schema: Schema): Schema {
  const parts = [...(schema.allOf ?? []), ...(schema.anyOf ?? schema.oneOf ?? [])].map(resolveSchema)
  return Object.assign({}, ...parts, schema, {
    properties: Object.assign({}, ...parts.map(({ properties }) => properties), schema.properties),
    required: [...parts, schema].flatMap(({ required }) => required ?? []),
  })
}
