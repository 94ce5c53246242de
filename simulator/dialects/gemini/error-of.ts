import type { Refusal } from '../../faults/refusal.ts'

const nameOfStatus: Record<number, string> = {
  400: 'INVALID_ARGUMENT',
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  408: 'DEADLINE_EXCEEDED',
  429: 'RESOURCE_EXHAUSTED',
  500: 'INTERNAL',
  503: 'UNAVAILABLE',
}

/** Google's error; when to come again stands in its details and in no header. */
export function errorOf({ status, code, message, headers }: Refusal): object {
  const details: object[] = []
  if (code === 'invalid_api_key') {
    const domain = 'googleapis.com'
    details.push({ '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'API_KEY_INVALID', domain })
  }
  const after = headers?.['retry-after']
  if (after) details.push({ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: `${after}s` })
  const named = nameOfStatus[status] ?? 'UNKNOWN'
  return { error: { code: status, message, status: named, ...(details.length > 0 && { details }) } }
}
