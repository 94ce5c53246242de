import type pg from 'pg'
import type { Logger } from 'pino'
import { queryInTenant } from '../db/query-in-tenant.ts'

interface Caller {
  organizationId: string
  keyId: string
}

interface KeptAnswer {
  id: string
  model: string
  deploymentId: string
}

export interface KeptAnswers {
  keep(caller: Caller, answer: KeptAnswer): Promise<void>
  find(caller: Caller, id: string): Promise<KeptAnswer | null>
  forget(caller: Caller, id: string): Promise<void>
}

/** Vendors keep answers no longer than this, so neither do we. */
const keptDays = 30

/** Which key may come back to which of the answers that vendors keep. */
export function createAnswers(pool: pg.Pool, log: Pick<Logger, 'warn'>): KeptAnswers {
  return {
    async keep({ organizationId, keyId }, { id, model, deploymentId }) {
      const text = `
        WITH swept AS (
          DELETE FROM kept_answers WHERE organization_id = $1 AND kept_at < now() - make_interval(days => $6)
        )
        INSERT INTO kept_answers (organization_id, key_id, id, model, deployment_id) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT DO NOTHING`
      const values = [organizationId, keyId, id, model, deploymentId, keptDays]
      await queryInTenant(pool, organizationId, { text, values }, 'READ WRITE').catch((error: unknown) =>
        log.warn({ error: String(error) }, 'a kept answer could not be noted'),
      )
    },
    async find({ organizationId, keyId }, id) {
      const [found] = await queryInTenant<KeptAnswer>(pool, organizationId, {
        text: `SELECT id, model, deployment_id AS "deploymentId" FROM kept_answers
               WHERE organization_id = $1 AND key_id = $2 AND id = $3`,
        values: [organizationId, keyId, id],
      })
      return found ?? null
    },
    async forget({ organizationId, keyId }, id) {
      const text = 'DELETE FROM kept_answers WHERE organization_id = $1 AND key_id = $2 AND id = $3'
      await queryInTenant(pool, organizationId, { text, values: [organizationId, keyId, id] }, 'READ WRITE')
    },
  }
}
