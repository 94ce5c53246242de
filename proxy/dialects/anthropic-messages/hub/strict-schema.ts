import { asRecord } from '../../../json/as-record.ts'

/** What Anthropic refuses in a schema that it has to keep to. */
const refused = new Set([
  ...['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf', 'minLength', 'maxLength', 'pattern'],
  ...['minItems', 'maxItems', 'uniqueItems', 'minProperties', 'maxProperties', '$schema'],
])

/** The schema without the bounds that Anthropic refuses, told in words instead, and closed where it demands it. */
export function strictSchema(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(strictSchema)
  if (typeof schema !== 'object' || schema === null) return schema
  const kept: Record<string, unknown> = {}
  const told: string[] = []
  for (const [key, value] of Object.entries(schema)) {
    if (refused.has(key)) {
      if (key !== '$schema') told.push(`${key}: ${JSON.stringify(value)}`)
    } else
      kept[key] =
        key === 'properties' || key === '$defs' ? mapValues(value) : isLiteral(key) ? value : strictSchema(value)
  }
  if (kept.type === 'object') kept.additionalProperties = false
  if (told.length > 0) kept.description = [kept.description, `{${told.join(', ')}}`].filter(Boolean).join(' ')
  return kept
}

function mapValues(schemas: unknown): unknown {
  return Object.fromEntries(Object.entries(asRecord(schemas)).map(([name, schema]) => [name, strictSchema(schema)]))
}

/** Values, not schemas. */
function isLiteral(key: string): boolean {
  return key === 'enum' || key === 'const' || key === 'default' || key === 'examples' || key === 'required'
}
