import type { Refusal } from './turn.ts'

/** What an error of OpenAI's dialect says: the gateway's own, or a vendor's as it came. */
export function readRefusal(status: number | null, body: unknown): Refusal {
  const error = fieldOf(body, 'error')
  return { status, code: textOf(fieldOf(error, 'code')), message: textOf(fieldOf(error, 'message')) }
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}
