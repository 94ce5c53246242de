/** Below them stand names that are the caller's own. */
const opaque = new Set([
  'args',
  'response',
  'parameters',
  'parametersJsonSchema',
  'responseSchema',
  'responseJsonSchema',
])

/** Google reads every field of its own in two spellings. */
export function inCamelCase(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inCamelCase)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([field, inner]) => {
      const name = field.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
      return [name, opaque.has(name) ? inner : inCamelCase(inner)]
    }),
  )
}
