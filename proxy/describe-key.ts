import type { Answer, Exchange } from './exchange.ts'
import type { Gateway } from './gateway.ts'
import { authenticateKey } from './steps/authenticate-key.ts'
import { checkAddress } from './steps/check-address.ts'

/** GET /v1/key: what this key may do, has spent and has left. It works when nothing is left. */
export async function describeKey(gateway: Gateway, exchange: Exchange): Promise<Answer> {
  const caller = await authenticateKey(gateway.keys, exchange.request)
  checkAddress(caller, exchange.request)
  const [description, models] = await Promise.all([gateway.keys.describe(caller), gateway.routes.list(caller)])
  const body = JSON.stringify({ ...description, models: models.map((model) => model.name) })
  return { status: 200, headers: { 'content-type': 'application/json' }, body: Buffer.from(body) }
}
