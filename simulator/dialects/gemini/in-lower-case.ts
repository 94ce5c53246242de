/** A schema of Google's own as JSON schema: its types are in capitals. */
export function inLowerCase(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(inLowerCase)
  if (typeof schema !== 'object' || schema === null) return schema
  const { type, ...rest } = schema as Record<string, unknown>
  const inner = Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, inLowerCase(value)]))
  if (typeof type === 'string') return { type: type.toLowerCase(), ...inner }
  return type === undefined ? inner : { type: inLowerCase(type), ...inner }
}
