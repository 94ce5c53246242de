/** Names of the API that are not just the snake_case of ours. */
const irregular = {
  requestsPerMinute: 'rpm',
  tokensPerMinute: 'tpm',
  requestsPerDay: 'rpd',
  membershipId: 'member_id',
  perRequest: 'per_request_usd',
  rows: 'data',
} as const

type Irregular = typeof irregular
type IrregularInverse = { [Name in keyof Irregular as Irregular[Name]]: Name }

const inverse = Object.fromEntries(Object.entries(irregular).map(([name, wire]) => [wire, name]))

type CamelWords<Name extends string> = Name extends `${infer Head}_${infer Tail}`
  ? `${Head}${Capitalize<CamelWords<Tail>>}`
  : Name

/** Our name for a name of the API: snake_case becomes camelCase, an amount in USD is one in nano-dollars. */
export type OwnName<Name> = Name extends keyof IrregularInverse
  ? IrregularInverse[Name]
  : Name extends `${infer Stem}_usd`
    ? `${CamelWords<Stem>}Nanos`
    : Name extends string
      ? CamelWords<Name>
      : Name

export function ownName(name: string): string {
  return inverse[name] ?? name.replace(/_usd$/, '_nanos').replace(/_([a-z0-9])/g, (_, letter) => letter.toUpperCase())
}

/** The API's name for one of ours; names that are the API's already stay. */
export function wireName(name: string): string {
  if (Object.hasOwn(irregular, name)) return irregular[name as keyof Irregular]
  return name.replace(/Nanos$/, 'Usd').replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

/** Whether a field of ours holds nano-dollars. */
export function isMoney(name: string): boolean {
  return /Nanos$|PerMtok$|^perRequest$/.test(name)
}
