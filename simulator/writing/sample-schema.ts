type Schema = Record<string, unknown>

/** Below it only what is required is filled in, so that a schema that contains itself comes to an end. */
const deepestOptional = 3

/** The least interesting value that a JSON schema accepts: what a model fills in when it has nothing to say. */
export function sampleSchema(schema: unknown, name = 'value', root: unknown = schema, depth = 0): unknown {
  const { $ref, allOf, const: constant, ...own } = asSchema(schema)
  if (typeof $ref === 'string') return sampleSchema(resolve($ref, root), name, root, depth)
  if (constant !== undefined) return constant
  const known = [own.default, own.examples, own.enum].find((choice) => choice !== undefined)
  if (known !== undefined) return Array.isArray(known) && known !== own.default ? known[0] : known
  if (Array.isArray(allOf)) return sampleSchema(Object.assign({}, ...allOf.map(asSchema), own), name, root, depth)
  const choices = own.anyOf ?? own.oneOf
  if (Array.isArray(choices)) return sampleSchema(pickChoice(choices, depth), name, root, depth)
  return sampleType(typeOf(own, depth), own, name, root, depth)
}

function sampleType(type: string, schema: Schema, name: string, root: unknown, depth: number): unknown {
  switch (type) {
    case 'object':
      return sampleObject(schema, root, depth)
    case 'array':
      return sampleArray(schema, name, root, depth)
    case 'integer':
    case 'number':
      return sampleNumber(schema, type === 'integer')
    case 'boolean':
      return true
    case 'null':
      return null
    default:
      return sampleText(schema, name)
  }
}

function sampleObject({ properties, required }: Schema, root: unknown, depth: number): unknown {
  const names = Array.isArray(required) ? required.map(String) : []
  const fields = Object.entries(asSchema(properties))
  const wanted = fields.filter(([field]) => depth < deepestOptional || names.includes(field))
  return Object.fromEntries(wanted.map(([field, schema]) => [field, sampleSchema(schema, field, root, depth + 1)]))
}

function sampleArray({ items, minItems, maxItems }: Schema, name: string, root: unknown, depth: number): unknown {
  const length = typeof minItems === 'number' ? minItems : depth < deepestOptional && maxItems !== 0 ? 1 : 0
  return Array.from({ length }, () => sampleSchema(items, name, root, depth + 1))
}

function sampleNumber(schema: Schema, isInteger: boolean): number {
  const bound = (field: string, otherwise: number) => (typeof schema[field] === 'number' ? schema[field] : otherwise)
  const step = bound('multipleOf', isInteger ? 1 : 0)
  const above = bound('exclusiveMinimum', Number.NEGATIVE_INFINITY)
  const below = bound('exclusiveMaximum', Number.POSITIVE_INFINITY)
  const least = bound('minimum', Number.NEGATIVE_INFINITY)
  const most = bound('maximum', Number.POSITIVE_INFINITY)
  const fits = (figure: number) =>
    figure >= least && figure <= most && figure > above && figure < below && (step === 0 || figure % step === 0)
  const low = Math.max(least, above)
  const high = Math.min(most, below)
  const candidates = [1, 0, low, high, low + 1, high - 1, (low + high) / 2]
  const multiples = [low, high].flatMap((end) => [
    Math.ceil(end / step),
    Math.floor(end / step) + 1,
    Math.ceil(end / step) - 1,
  ])
  return [...candidates, ...multiples.map((multiple) => multiple * step)].find(fits) ?? 0
}

const textOfFormat: Record<string, string> = {
  date: '2026-01-31',
  'date-time': '2026-01-31T12:00:00Z',
  time: '12:00:00Z',
  duration: 'P1D',
  email: 'someone@example.com',
  hostname: 'example.com',
  ipv4: '192.0.2.1',
  ipv6: '2001:db8::1',
  uri: 'https://example.com/',
  uuid: '00000000-0000-4000-8000-000000000000',
}

function sampleText({ format, minLength, maxLength }: Schema, name: string): string {
  const known = textOfFormat[String(format)]
  if (known) return known
  const least = typeof minLength === 'number' ? minLength : 0
  const most = typeof maxLength === 'number' ? maxLength : Number.POSITIVE_INFINITY
  return name.padEnd(least, '.').slice(0, most)
}

function typeOf({ type, properties, items }: Schema, depth: number): string {
  if (Array.isArray(type)) return depth >= deepestOptional && type.includes('null') ? 'null' : String(type[0])
  if (typeof type === 'string') return type
  return properties ? 'object' : items ? 'array' : 'string'
}

function pickChoice(choices: unknown[], depth: number): unknown {
  const nothing = choices.find((choice) => asSchema(choice).type === 'null')
  return depth >= deepestOptional && nothing ? nothing : (choices.find((choice) => choice !== nothing) ?? choices[0])
}

/** A reference into the same document, for example "#/$defs/item". */
function resolve(reference: string, root: unknown): unknown {
  const steps = reference.split('/').slice(1)
  return steps.reduce<unknown>((at, step) => asSchema(at)[step.replaceAll('~1', '/').replaceAll('~0', '~')], root)
}

function asSchema(value: unknown): Schema {
  return typeof value === 'object' && value !== null ? (value as Schema) : {}
}
