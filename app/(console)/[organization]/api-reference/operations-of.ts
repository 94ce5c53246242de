import type { ApiField, ApiGroup, ApiOperation } from '#components/reference/api-facts.ts'
import { openApiDocument } from '#lib/api/open-api-document.ts'

interface Schema {
  $ref?: string
  type?: string | string[]
  format?: string
  enum?: unknown[]
  items?: Schema
  properties?: Record<string, Schema>
  required?: string[]
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
  description?: string
  example?: unknown
}

interface Parameter {
  name: string
  in: string
  required?: boolean
  schema: Schema
}

type Content = Record<string, { schema: Schema }>

interface Operation {
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

const deepest = 4

/** The management API as its page shows it, read from the same document that programs read. */
export function operationsOf(): ApiGroup[] {
  const document = openApiDocument() as Document
  const resolve = (schema: Schema): Schema => {
    const name = schema.$ref?.split('/').at(-1)
    return name ? (document.components.schemas[name] ?? {}) : schema
  }
  const fieldsOf = (schema: Schema | undefined, depth = 0): ApiField[] => {
    if (!schema || depth > deepest) return []
    const whole = mergedOf(resolve(schema))
    const inner = whole.items ? mergedOf(resolve(whole.items)) : whole
    return Object.entries(inner.properties ?? {}).map(([name, property]) => ({
      name,
      type: typeOf(property),
      isRequired: inner.required?.includes(name) ?? false,
      description: property.description ?? resolve(property).description ?? null,
      fields: fieldsOf(property, depth + 1),
    }))
  }
  const mergedOf = (schema: Schema): Schema => {
    const parts = [...(schema.allOf ?? []), ...(schema.anyOf ?? schema.oneOf ?? [])].map(resolve)
    return Object.assign({}, ...parts, schema, {
      properties: Object.assign({}, ...parts.map(({ properties }) => properties), schema.properties),
      required: [...parts, schema].flatMap(({ required }) => required ?? []),
    })
  }
  const typeOf = (schema: Schema): string => {
    const whole = resolve(schema)
    if (whole.enum) return whole.enum.map(String).join(' | ')
    const parts = whole.anyOf ?? whole.oneOf
    if (parts) return [...new Set(parts.map(typeOf))].join(' | ')
    if (whole.allOf) return 'object'
    const types = [whole.type ?? 'any'].flat()
    return types
      .map((type) => (type === 'array' && whole.items ? `${typeOf(whole.items)}[]` : type))
      .map((type) => (type === 'string' && whole.format ? whole.format : type))
      .join(' | ')
  }
  const groups = new Map<string, ApiOperation[]>()
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      const answer = Object.entries(operation.responses).find(([status]) => status.startsWith('2'))
      const shown: ApiOperation = {
        id: operation.operationId,
        method: method.toUpperCase(),
        path: `/api/v1${path}`,
        summary: operation.summary,
        description: operation.description,
        parameters: (operation.parameters ?? []).map(({ name, required, schema }) => ({
          name,
          type: typeOf(schema),
          isRequired: required ?? false,
          description: schema.description ?? null,
          fields: [],
        })),
        body: fieldsOf(jsonOf(operation.requestBody?.content)),
        answer: fieldsOf(jsonOf(answer?.[1].content)),
      }
      const group = operation.tags[0] ?? ''
      groups.set(group, [...(groups.get(group) ?? []), shown])
    }
  }
  return [...groups].map(([name, operations]) => ({ name, operations }))
}

function jsonOf(content: Content | undefined): Schema | undefined {
  return content?.['application/json']?.schema
}
