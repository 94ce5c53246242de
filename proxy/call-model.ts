import type { Answer, Exchange } from './exchange.ts'
import type { Gateway } from './gateway.ts'
import { authenticateKey } from './steps/authenticate-key.ts'
import { awaitTurn } from './steps/await-turn.ts'
import { callProvider } from './steps/call-provider.ts'
import { capOutput } from './steps/cap-output.ts'
import { checkAddress } from './steps/check-address.ts'
import { ClientGone } from './steps/client-gone.ts'
import { enforceLimits } from './steps/enforce-limits.ts'
import { estimateCost } from './steps/estimate-cost.ts'
import { expectTokens } from './steps/expect-tokens.ts'
import { meterBody } from './steps/meter-body.ts'
import { meterStream } from './steps/meter-stream.ts'
import { openChannels } from './steps/open-channels.ts'
import { openContinuation } from './steps/open-continuation.ts'
import { openRecord } from './steps/open-record.ts'
import { openSource } from './steps/open-source.ts'
import { openTranslator } from './steps/open-translator.ts'
import { readJson } from './steps/read-json.ts'
import { reserveBudget } from './steps/reserve-budget.ts'
import { resolveRoute } from './steps/resolve-route.ts'

/** The life of one request to a model, in its order, whatever its caller speaks. */
export async function callModel(gateway: Gateway, exchange: Exchange): Promise<Answer> {
  const { dialect } = exchange
  const { signal } = exchange.request
  const caller = await authenticateKey(gateway.keys, exchange.request)
  const record = openRecord(gateway, exchange, caller, dialect.name)
  try {
    checkAddress(caller, exchange.request)
    const admission = await enforceLimits(gateway.limits, exchange, caller)
    record.admitted(admission)

    const body = await readJson(exchange.request, gateway.settings.maxBodyBytes, dialect.takesForms)
    const request = dialect.parseRequest(body, exchange.request)
    record.asked(request)

    const resolved = await resolveRoute(gateway, caller, request)
    record.routed(resolved)
    const { route, channels, widest } = openChannels(dialect, request, resolved)

    const estimate = estimateCost(widest, caller, route)
    await expectTokens(admission, request, estimate)
    exchange.pass = await awaitTurn(gateway, exchange, caller, request, route, estimate)
    const reserved = await reserveBudget(gateway, exchange, caller, widest, route, estimate)
    record.reserved(reserved)

    // Money is set aside: from here on throw, never return early. `record` closes the reservation exactly once.
    const allowance = await capOutput(reserved, widest, caller, route)
    const errand = { caller, request: widest, route, reserved, allowance, record, channels }
    const reply = await callProvider(gateway, exchange, errand)
    const { deployment, channel, keptNanos } = reply
    const served = { request: channel.request, deployment, allowed: reply.allowance, keptNanos }
    if (!reply.isStream) return await meterBody(exchange, record, reply, served, request)
    const source = openSource(reply, served, openTranslator(exchange, request, channel))
    return meterStream(exchange, record, source, openContinuation(gateway, exchange, errand, request, reply))
  } catch (error) {
    const failure = signal.aborted ? new ClientGone() : error
    await record.fail(failure)
    throw failure
  }
}
