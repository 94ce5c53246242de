/** Google's own schema writes its types in capitals and says `nullable`; everybody else's is JSON schema. */
export function plainSchema(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(plainSchema)
  if (typeof schema !== 'object' || schema === null) return schema
  const { nullable, ...rest } = schema as Record<string, unknown>
  const plain: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(rest)) {
    if (name === 'type' && typeof value === 'string') plain.type = value.toLowerCase()
    else if (name === 'enum' || name === 'required' || name === 'propertyOrdering') plain[name] = value
    else plain[name] = plainSchema(value)
  }
  if (nullable === true && typeof plain.type === 'string') plain.type = [plain.type, 'null']
  return plain
}
