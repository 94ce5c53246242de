import { formatUsd } from '#lib/core/money.ts'
import { describeError } from '../describe-error.ts'
import type { ModelRequest } from '../dialects/dialect.ts'
import type { Exchange } from '../exchange.ts'
import type { Gateway, Route } from '../gateway.ts'
import type { AnswerPart } from '../hub/answer-part.ts'
import type { AssistantPart, Conversation } from '../hub/conversation.ts'
import { headOf } from '../hub/head-of.ts'
import type { AnswerHead, AnswerReader, Hub } from '../hub/hub.ts'
import { translateStream } from '../hub/translate-stream.ts'
import { asRecord } from '../json/as-record.ts'
import type { Bill } from '../metering/bill-answer.ts'
import { framings } from '../sse/framing.ts'
import type { Reply } from './begin-reply.ts'
import { callProvider, type Errand } from './call-provider.ts'
import { estimateCost } from './estimate-cost.ts'
import { openChannels } from './open-channels.ts'
import { openSource, type Source } from './open-source.ts'

/** How an answer that broke in the middle is gone on with elsewhere, so that its caller sees one stream. */
export interface Continuation {
  /** Takes note of an event that the caller is shown. */
  note(event: Uint8Array): void
  /** An answer that goes on where this one broke, which came to `broken`; null: there is none. */
  resume(source: Source, broken: Bill): Promise<Source | null>
}

/** What can be gone on with: a tool that is half called cannot. */
const resumable: ReadonlySet<AnswerPart['type']> = new Set(['text', 'reasoning', 'break'])

const goOn =
  'Your answer broke off there. Go on exactly where it ends: do not repeat any of it, do not comment, do not greet.'

const forget = (): void => undefined

/** Null where the route does not want it, or the answer is no conversation. */
export function openContinuation(
  gateway: Gateway,
  exchange: Exchange,
  errand: Errand,
  asked: ModelRequest,
  reply: Reply,
): Continuation | null {
  const { hub } = exchange.dialect
  if (!errand.route.policy.isContinued || !hub || reply.framing !== 'events' || asked.choices !== 1) return null
  const said: AnswerPart[] = []
  let reader = readerOf(reply)
  let head = headOf(exchange, asked)
  let hasName = reply.channel.translation !== null

  const goOnFrom = async (source: Source, broken: Bill): Promise<Source | null> => {
    if (said.some(({ type }) => !resumable.has(type))) return null
    const next = goingOn(hub, asked, textOf(said), broken)
    if (!next) return null
    const { attempt, deployment } = source.reply
    attempt.error = 'broke off'
    attempt.fate = 'served'
    attempt.keptUsd = formatUsd(broken.costNanos - source.served.keptNanos)
    exchange.closed?.({ fault: 'lost', retryAfterMs: null, status: null })
    exchange.closed = undefined
    const { route, channels, widest } = openChannels(exchange.dialect, next, without(errand.route, deployment.id))
    const estimate = estimateCost(widest, errand.caller, route)
    const paid = { ...errand, request: widest, route, channels, keptNanos: broken.costNanos, allowance: null }
    const following = await callProvider(gateway, exchange, { ...paid, reserved: { ...errand.reserved, estimate } })
    reader = readerOf(following)
    const { channel, keptNanos, allowance } = following
    const writer = hub.openWriter(head)
    // It has said all this already: what it says from now on follows.
    for (const part of said) writer.write(part)
    const translation = channel.translation ?? { own: hub, wire: hub, dropped: [] }
    const translator = translateStream(translation, channel, writer, exchange.dialect)
    const served = { request: channel.request, deployment: following.deployment, allowed: allowance, keptNanos }
    return openSource(following, served, translator)
  }

  return {
    note(event) {
      for (const value of framings.events.read(event)) {
        if (!hasName) {
          hasName = true
          head = named(head, value)
        }
        said.push(...reader.read(value))
      }
    },
    async resume(source, broken) {
      try {
        return await goOnFrom(source, broken)
      } catch (error) {
        gateway.log.warn(
          { requestId: exchange.id, ...describeError(error) },
          'a broken answer could not be gone on with',
        )
        return null
      }
    },
  }
}

function readerOf({ channel }: Reply): AnswerReader {
  return channel.wire.hub!.openReader(channel.request.body)
}

function textOf(parts: readonly AnswerPart[]): string {
  return parts.map((part) => (part.type === 'text' ? part.text : '')).join('')
}

/** The same question with the answer so far; null: there is nothing left to be said of it. */
function goingOn(own: Hub, asked: ModelRequest, text: string, broken: Bill): ModelRequest | null {
  const conversation = { ...own.readConversation(asked.body, forget), stream: true }
  const { outputCap } = conversation
  const left = outputCap === null ? null : outputCap - (broken.usage.outputTokens ?? 0)
  if (left !== null && left < 1) return null
  const target = { vendor: '', upstreamModel: asked.model }
  const longer: Conversation = { ...conversation, outputCap: left, turns: [...conversation.turns, ...turnsOf(text)] }
  const value = { model: asked.model, ...own.writeConversation(longer, target, forget) }
  return { ...own.parseWritten({ value, byteLength: Buffer.byteLength(JSON.stringify(value)) }), model: asked.model }
}

function turnsOf(text: string): Conversation['turns'] {
  if (text.trim() === '') return []
  const parts: AssistantPart[] = [{ type: 'text', text: text.trimEnd() }]
  return [
    { role: 'assistant', parts },
    { role: 'user', parts: [{ type: 'text', text: goOn }] },
  ]
}

/** Whoever broke is asked again only where there is nobody else. */
function without(route: Route, deploymentId: string): Route {
  const deployments = route.deployments.filter(({ id }) => id !== deploymentId)
  if (deployments.length > 0) return { ...route, deployments }
  const [first, ...rest] = route.fallbacks.general
  return first ? { ...first, fallbacks: { ...route.fallbacks, general: rest } } : route
}

/** A stream that passed as it was bears the vendor's name for it. */
function named(head: AnswerHead, value: unknown): AnswerHead {
  const event = asRecord(value)
  const id = event.id ?? asRecord(event.message).id ?? asRecord(event.response).id ?? event.responseId
  return typeof id === 'string' ? { ...head, id: id.replace(/^(?:chatcmpl-|msg_|resp_)/, '') } : head
}
