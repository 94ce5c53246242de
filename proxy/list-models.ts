import { StipendError } from '#lib/core/errors.ts'
import type { Answer, Exchange } from './exchange.ts'
import type { Gateway, ModelSummary } from './gateway.ts'
import { authenticateKey } from './steps/authenticate-key.ts'
import { checkAddress } from './steps/check-address.ts'

/** GET /v1/models: what this key may call. */
export async function listModels(gateway: Gateway, exchange: Exchange): Promise<Answer> {
  return answer(exchange.dialect.renderModels(await modelsOf(gateway, exchange)))
}

/** GET /v1/models/{name}: one of them. */
export async function getModel(gateway: Gateway, exchange: Exchange, name: string): Promise<Answer> {
  const model = (await modelsOf(gateway, exchange)).find((one) => one.name === name)
  if (!model) {
    const message = `There is no model "${name}" for this key. GET /v1/models lists those that there are.`
    throw new StipendError('model_not_found', message, { param: 'model' })
  }
  return answer(exchange.dialect.renderModel(model))
}

async function modelsOf(gateway: Gateway, { request }: Exchange): Promise<ModelSummary[]> {
  const caller = await authenticateKey(gateway.keys, request)
  checkAddress(caller, request)
  return gateway.routes.list(caller)
}

function answer(body: string): Answer {
  return { status: 200, headers: { 'content-type': 'application/json' }, body: Buffer.from(body) }
}
