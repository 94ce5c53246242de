/** For reading what was found sound only in part: values of another kind are as good as missing. */
export function textOr<T>(value: unknown, otherwise: T): string | T {
  return typeof value === 'string' ? value : otherwise
}

export function numberOrNull(value: unknown): number | null {
  return typeof value === 'number' ? value : null
}

export function booleanOrNull(value: unknown): boolean | null {
  return typeof value === 'boolean' ? value : null
}

export function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}
