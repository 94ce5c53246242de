import { mergeSchema, resolveSchema, type Schema } from './api-document.ts'

const exampleId = '01936b1e-8a4c-7d20-9f3b-52c8e1a7d604'

/** Null where nothing has happened, and where nothing limits. */
const usuallyNull =
  /^(revoked|paused|disabled|archived|ended|acknowledged|decided|deleted|removed|left|declined)_at$|^(reason|pause_reason|fault|problem|param|next_cursor|note|error_code|cap_usd|until|retry_at|error|(r|t)p[md]|max_parallel)$|_timeout_ms$/

/** What stands in a field of this name, where its schema allows it. */
const byName: Record<string, unknown> = {
  name: 'thesis-lin',
  project_name: 'Thesis',
  member_name: 'Lin Qing',
  organization_name: 'Physics Lab',
  key_name: 'thesis-lin',
  provider_name: 'OpenAI',
  vendor: 'openai',
  base_url: 'https://api.openai.com/v1',
  api_key: 'sk-…',
  credential_hint: '3fK9',
  hint: '3fK9',
  key: 'sk-stp-…',
  model: 'gpt-4o',
  models: ['gpt-4o'],
  upstream_model: 'gpt-4o',
  email: 'lin@example.edu',
  member_email: 'lin@example.edu',
  url: 'https://alerts.example.edu/hook',
  purpose: 'The last chapter of my thesis',
  time_zone: 'Asia/Shanghai',
  slug: 'physics-lab',
  actor: 'user:01936b1e-8a4c-7d20-9f3b-52c8e1a7d604',
  token: 'q7Zp…',
  period: 'month',
  cost_usd: '0.0021',
  spent_usd: '4.31',
  reserved_usd: '0.02',
  available_usd: '15.67',
  limit_usd: '20',
  amount_usd: '5',
  rpm: 60,
  warn_percents: [50, 80, 95, 100],
  status: 'active',
  http_status: 200,
}

/** Optional fields that a first call is better with. */
const worthShowing = new Set([
  'limit',
  'models',
  'budgets',
  'member_email',
  'expires_at',
  'name',
  'priority',
  'price',
  'until',
  'group_by',
  'limit_usd',
  'role',
])

/** A value that the schema allows, as plausible as its field's name makes it. `isAsked`: of a body, where less is clearer. */
export function exampleOf(given: Schema, name = '', isAsked = false): unknown {
  const schema = mergeSchema(resolveSchema(given))
  const types = [schema.type ?? []].flat()
  if (!isAsked && usuallyNull.test(name) && isNullable(schema)) return null
  if (schema.const !== undefined) return schema.const
  const known = byName[name]
  if (known !== undefined && allows(schema, known)) return known
  if (schema.enum) return schema.enum.find((value) => value !== null)
  const [choice] = (schema.anyOf ?? schema.oneOf ?? []).filter(({ type }) => type !== 'null')
  if (choice && !schema.type) return exampleOf(choice, name, isAsked)
  if (schema.example !== undefined) return schema.example
  if (types.includes('object') || schema.allOf) return objectOf(schema, isAsked)
  if (types.includes('array')) return schema.items ? [exampleOf(schema.items, name.replace(/s$/, ''), isAsked)] : []
  if (types.includes('boolean')) return name !== 'dry_run'
  if (types.includes('integer') || types.includes('number')) return Math.max(schema.minimum ?? 0, numberOf(name))
  if (types.includes('string')) return stringOf(schema, name)
  return null
}

function objectOf(schema: Schema, isAsked: boolean): Record<string, unknown> {
  const properties = Object.entries(schema.properties ?? {})
  if (properties.length === 0 && typeof schema.additionalProperties === 'object') {
    return { key: exampleOf(schema.additionalProperties, '', isAsked) }
  }
  const shown = isAsked
    ? properties.filter(([name]) => schema.required?.includes(name) || worthShowing.has(name))
    : properties
  const some = shown.length > 0 ? shown : properties.slice(0, 1)
  return Object.fromEntries(some.map(([name, property]) => [name, exampleOf(property, name, isAsked)]))
}

function stringOf({ format }: Schema, name: string): string {
  if (format === 'uuid') return exampleId
  if (format === 'email') return 'lin@example.edu'
  if (format === 'date') return '2027-01-31'
  if (format === 'date-time')
    return name === 'expires_at' || name === 'until' ? '2027-01-31T16:00:00.000Z' : '2026-11-24T08:15:00.000Z'
  if (format === 'uri') return 'https://stipend.example.edu'
  if (name.endsWith('_usd') || name.endsWith('_per_mtok')) return '2.5'
  if (name.endsWith('_id') || name === 'id') return exampleId
  return '…'
}

function numberOf(name: string): number {
  if (name === 'limit') return 20
  if (name.endsWith('_ms')) return 420
  if (name.endsWith('tokens')) return 1_024
  if (name.endsWith('rate')) return 0.01
  return 1
}

function isNullable(schema: Schema): boolean {
  return [schema, ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].some(({ type }) => [type].flat().includes('null'))
}

function allows(schema: Schema, value: unknown): boolean {
  if (schema.enum) return schema.enum.includes(value)
  const types = [schema.type ?? (schema.anyOf ?? schema.oneOf ?? []).flatMap(({ type }) => type ?? [])].flat()
  if (Array.isArray(value)) {
    return types.includes('array') && (!schema.items || allows(mergeSchema(resolveSchema(schema.items)), value[0]))
  }
  if (typeof value === 'number') return types.includes('integer') || types.includes('number')
  return types.includes('string') && schema.format !== 'uuid' && schema.format !== 'date-time'
}
