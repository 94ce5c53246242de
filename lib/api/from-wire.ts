import { type OwnName, ownName } from './wire-name.ts'

type Leaf = string | number | bigint | boolean | null | undefined | Date

/** What was sent, under our names. */
export type FromWire<T> = T extends Leaf
  ? T
  : T extends readonly (infer Item)[]
    ? FromWire<Item>[]
    : { [Name in keyof T as OwnName<Name>]: FromWire<T[Name]> }

/** Renames the fields of validated input, at any depth. */
export function fromWire<T>(value: T): FromWire<T> {
  return rename(value) as FromWire<T>
}

function rename(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(rename)
  if (typeof value !== 'object' || value === null || value instanceof Date) return value
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [ownName(name), rename(part)]))
}
