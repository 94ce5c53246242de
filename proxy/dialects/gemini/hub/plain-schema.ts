/** Keywords whose value maps names of the author's to schemas. */
const maps = new Set(['properties', 'patternProperties', '$defs', 'definitions', 'dependentSchemas'])

/** Keywords whose value is a schema, or a list of them; what others say is no schema. */
const schemas = new Set([
  ...['items', 'prefixItems', 'contains', 'additionalItems', 'additionalProperties', 'propertyNames', 'not'],
  ...['anyOf', 'oneOf', 'allOf', 'if', 'then', 'else', 'unevaluatedItems', 'unevaluatedProperties'],
])

/** Google's own schema writes its types in capitals and says `nullable`; everybody else's is JSON schema. */
export function plainSchema(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(plainSchema)
  if (typeof schema !== 'object' || schema === null) return schema
  const { nullable, ...rest } = schema as Record<string, unknown>
  const plain = Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, plainValue(name, value)]))
  if (nullable === true && typeof plain.type === 'string') plain.type = [plain.type, 'null']
  return plain
}

function plainValue(name: string, value: unknown): unknown {
  if (name === 'type') return Array.isArray(value) ? value.map(inLowerCase) : inLowerCase(value)
  if (schemas.has(name)) return plainSchema(value)
  if (!maps.has(name) || typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, schema]) => [key, plainSchema(schema)]))
}

function inLowerCase(type: unknown): unknown {
  return typeof type === 'string' ? type.toLowerCase() : type
}
