import { StipendError } from '../core/errors.ts'
import type { Transaction } from '../db/in-tenant.ts'

/** The ids of live models by name, in the same order; throws `invalid_request_error` that names the first unknown one. */
export async function resolveModelNames(
  tx: Transaction,
  organizationId: string,
  names: string[],
  param = 'models',
): Promise<string[]> {
  if (names.length === 0) return []
  const rows = await tx.model.findMany({ where: { organizationId, archivedAt: null, name: { in: names } } })
  const ids = new Map(rows.map((row) => [row.name, row.id]))
  return names.map((name, index) => {
    const id = ids.get(name)
    if (id) return id
    throw new StipendError('invalid_request_error', `There is no model named ${name}. Create it first.`, {
      param: `${param}.${index}`,
    })
  })
}
