import { StipendError } from '../core/errors.ts'
import type { Transaction } from '../db/in-tenant.ts'
import { resolveModelNames } from './resolve-model-names.ts'

const columnOf = {
  fallbacks: 'fallbackIds',
  contextFallbacks: 'contextFallbackIds',
  contentFallbacks: 'contentFallbackIds',
} as const

type FallbackField = keyof typeof columnOf

/** The columns for the lists of names that are given; a model does not take over from itself. */
export async function resolveFallbacks(
  tx: Transaction,
  organizationId: string,
  modelId: string,
  names: Partial<Record<FallbackField, string[] | undefined>>,
): Promise<Partial<Record<(typeof columnOf)[FallbackField], string[]>>> {
  const columns: Partial<Record<(typeof columnOf)[FallbackField], string[]>> = {}
  for (const field of Object.keys(columnOf) as FallbackField[]) {
    const list = names[field]
    if (!list) continue
    const ids = await resolveModelNames(tx, organizationId, list, field)
    if (ids.includes(modelId)) {
      throw new StipendError('invalid_request_error', 'A model cannot be its own fallback.', { param: field })
    }
    columns[columnOf[field]] = ids
  }
  return columns
}
