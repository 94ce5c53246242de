import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Answer } from './answer.ts'
import { type Behaviour, honestBehaviour } from './behaviour.ts'
import { nameOf } from './control/read-steering.ts'
import type { Ask, Dialect } from './dialects/dialect.ts'
import type { Fault } from './faults/fault.ts'
import { faults } from './faults/faults.ts'
import { Refused } from './faults/refusal.ts'
import { newCall } from './journal/new-call.ts'
import { pause } from './pause.ts'
import { playAnswer } from './play-answer.ts'
import { readBody } from './read-body.ts'
import { readJson } from './read-json.ts'
import { requireCredential } from './require-credential.ts'
import { takeAllowance } from './take-allowance.ts'
import type { Vendor } from './vendor.ts'
import { createRandom } from './writing/create-random.ts'
import { loadTokenizer } from './writing/load-tokenizer.ts'
import { pickRange } from './writing/pick-range.ts'
import { writeCompletion } from './writing/write-completion.ts'

/** The life of one call: understood, composed, spoilt where a fault says so, entered in the journal, and sent. */
export async function answerCall(
  { control, journal, allowances, takeNumber }: Vendor,
  dialect: Dialect,
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
): Promise<void> {
  const startedAtMs = performance.now()
  const left = new AbortController()
  const number = takeNumber()
  const call = newCall(number, path, request.headers, dialect)
  let behaviour = honestBehaviour
  let random = createRandom(number)
  let answer: Answer
  try {
    const body = await readBody(request)
    const { method = 'POST', url = path, headers } = request
    const arrival = { method, url, headers, body }
    dialect.admit?.(arrival)
    const credential = requireCredential(call.credential)
    const tokenizer = await loadTokenizer()
    const ask = dialect.readAsk(await (dialect.readBody?.(arrival) ?? readJson(body)), request.url ?? path, tokenizer)
    Object.assign(call, {
      model: ask.model,
      stream: ask.stream,
      promptTokens: ask.promptTokens,
      units: ask.units ?? {},
    })
    behaviour = control.decide(credential, ask.model)
    const { requestsPerMinute } = behaviour
    const told =
      requestsPerMinute === null ? {} : takeAllowance(allowances, credential, requestsPerMinute, performance.now())
    call.fault = behaviour.fault
    random = createRandom(behaviour.seed + number)
    const completion = writeCompletion(ask, behaviour, tokenizer, random)
    const { completionTokens, cachedTokens, reasoningTokens } = completion.usage
    Object.assign(call, { completionTokens, cachedTokens, reasoningTokens })
    answer = compose(ask, completion, behaviour, call.id, dialect)
    answer = spoil(answer, behaviour, dialect)
    answer.headers = { ...told, ...answer.headers }
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    answer = dialect.refuse(error.refusal)
  }

  journal.open(call)
  const end = () => {
    journal.end(call, response.writableFinished ? 'finished' : 'aborted')
    if (!response.writableFinished) left.abort()
  }
  if (response.closed) end()
  else response.once('close', end)
  const latencyMs = pickRange(behaviour.latencyMs, random)
  if (latencyMs > 0) await pause(latencyMs, left.signal)
  if (left.signal.aborted) return
  const described = dialect.describe(call.id, Math.ceil(performance.now() - startedAtMs))
  answer.headers = { ...described, ...answer.headers }
  await playAnswer(answer, { response, call, journal, behaviour, random, left: left.signal })
}

function compose(
  ask: Ask,
  completion: ReturnType<typeof writeCompletion>,
  behaviour: Behaviour,
  id: string,
  dialect: Dialect,
): Answer {
  const fault: Fault | null = behaviour.fault && faults[behaviour.fault]
  const honest = { ...completion.usage, ...behaviour.reportedUsage }
  return dialect.writeAnswer(
    // What steers the simulator is no part of the model's name.
    { ...ask, model: nameOf(ask.model) },
    { id, createdAtSeconds: Math.floor(Date.now() / 1000), ...completion },
    { report: fault?.report ? fault.report(honest) : honest, style: fault?.reportStyle ?? 'once' },
  )
}

function spoil(answer: Answer, { fault: name, faultAtToken: atToken }: Behaviour, dialect: Dialect): Answer {
  const fault: Fault | null = name && faults[name]
  return fault?.change ? fault.change(answer, { dialect, atToken }) : answer
}
