import { openAiChat } from './dialects/openai-chat/openai-chat.ts'
import type { Answer, Exchange } from './exchange.ts'
import type { Gateway } from './gateway.ts'
import { authenticateKey } from './steps/authenticate-key.ts'
import { callProvider } from './steps/call-provider.ts'
import { capOutput } from './steps/cap-output.ts'
import { checkAddress } from './steps/check-address.ts'
import { ClientGone } from './steps/client-gone.ts'
import { enforceLimits } from './steps/enforce-limits.ts'
import { estimateCost } from './steps/estimate-cost.ts'
import { meterBody } from './steps/meter-body.ts'
import { meterStream } from './steps/meter-stream.ts'
import { openRecord } from './steps/open-record.ts'
import { readJson } from './steps/read-json.ts'
import { reserveBudget } from './steps/reserve-budget.ts'
import { resolveRoute } from './steps/resolve-route.ts'

/** POST /v1/chat/completions: the life of one request, in its order. */
export async function chatCompletions(gateway: Gateway, exchange: Exchange): Promise<Answer> {
  const dialect = openAiChat
  const { signal } = exchange.request
  const caller = await authenticateKey(gateway.keys, exchange.request)
  const record = openRecord(gateway, exchange, caller, dialect.name)
  try {
    checkAddress(caller, exchange.request)
    record.admitted(enforceLimits(gateway.limits, exchange, caller))

    const request = dialect.parseRequest(await readJson(exchange.request, gateway.settings.maxBodyBytes))
    record.asked(request)

    const route = await resolveRoute(gateway.routes, caller, request.model, dialect)
    record.routed(route)

    const estimate = estimateCost(request, caller, route)
    const reserved = await reserveBudget(gateway, exchange, caller, request, route, estimate)
    record.reserved(reserved)

    // Money is set aside: from here on throw, never return early. `record` closes the reservation exactly once.
    const allowance = await capOutput(reserved, request, caller, route)
    const errand = { caller, request, route, reserved, allowance, record }
    const reply = await callProvider(gateway, exchange, dialect, errand)
    const { deployment, keptNanos } = reply
    const served = { request, deployment, allowed: reply.allowance, keptNanos }
    return reply.isStream
      ? meterStream(dialect, record, reply, served, signal)
      : await meterBody(dialect, record, reply, served, signal)
  } catch (error) {
    const failure = signal.aborted ? new ClientGone() : error
    await record.fail(failure)
    throw failure
  }
}
