import type { StipendError } from '#lib/core/errors.ts'

export function renderErrorEvent({ code, message, param }: StipendError): string {
  return `event: error\ndata: ${JSON.stringify({ type: 'error', code, message, param: param ?? null, sequence_number: 0 })}\n\n`
}
