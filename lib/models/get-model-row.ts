import { idSchema } from '../core/ids.ts'
import { notFound } from '../core/not-found.ts'
import type { Transaction } from '../db/in-tenant.ts'
import { type ModelRow, modelParts } from './model-view.ts'

/** The live model of this organization with its parts; throws `not_found`. */
export async function getModelRow(tx: Transaction, organizationId: string, id: string): Promise<ModelRow> {
  const row = idSchema.safeParse(id).success
    ? await tx.model.findFirst({ where: { id, organizationId, archivedAt: null }, include: modelParts })
    : null
  if (!row) throw notFound('model')
  return row
}
