import { z } from 'zod'
import { verifyLedger } from '../../ledger/verify-ledger.ts'
import { type Route, route } from '../route.ts'
import { time } from '../wire-fields.ts'

export const ledgerRoutes: Route[] = [
  route({
    method: 'GET',
    path: '/ledger/verify',
    summary: 'Derive every counter anew from the entries and say where the two differ',
    permission: 'ledger.verify',
    answer: z
      .object({
        ok: z.boolean(),
        entries: z.int(),
        mismatches: z.array(
          z.object({
            what: z.string(),
            subject: z.string().meta({ description: 'Id of the budget, the request or the entry, or the hour' }),
            expected_usd: z.string(),
            found_usd: z.string(),
          }),
        ),
        last_run: z
          .object({ at: time, ok: z.boolean(), entries: z.int(), mismatches: z.int() })
          .nullable()
          .meta({ description: 'The last verification that ran by itself, once an hour' }),
      })
      .meta({ id: 'Verification' }),
    handle: ({ member }) => verifyLedger(member),
  }),
]
