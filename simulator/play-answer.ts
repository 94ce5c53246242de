import type { ServerResponse } from 'node:http'
import type { Answer, Part } from './answer.ts'
import type { Behaviour } from './behaviour.ts'
import { cutBytes } from './cut-bytes.ts'
import type { Call } from './journal/call.ts'
import type { JournalKeeper } from './journal/create-journal.ts'
import { pause } from './pause.ts'
import { pickRange } from './writing/pick-range.ts'

/** How many parts may leave before others have their turn. */
const mostLeaving = 16

export interface Stage {
  response: ServerResponse
  call: Call
  journal: JournalKeeper
  behaviour: Behaviour
  random: () => number
  /** Aborted when the caller leaves. */
  left: AbortSignal
}

/** Sends an answer at its pace. What has left is in the journal; what has not, is not. */
export async function playAnswer(answer: Answer, stage: Stage): Promise<void> {
  if (!answer.isSilent) {
    open(answer, stage)
    if (isSimple(answer, stage)) {
      finish(answer.parts[0]!, stage)
      return
    }
    await sendParts(answer, stage)
  }
  if (stage.left.aborted || answer.ending === 'hang') return
  if (answer.ending === 'end') stage.response.end()
  else reset(stage)
}

function isSimple({ isStream, ending, parts }: Answer, { behaviour }: Stage): boolean {
  return !isStream && ending === 'end' && parts.length === 1 && !behaviour.cutBytes
}

function open(
  { status, headers, isStream, ending, parts }: Answer,
  { call, journal, response, behaviour }: Stage,
): void {
  journal.update(call, { status })
  if (!isStream && ending === 'end' && !behaviour.cutBytes) {
    response.setHeader(
      'content-length',
      parts.reduce((sum, { bytes }) => sum + Buffer.byteLength(bytes), 0),
    )
  }
  response.writeHead(status, headers)
}

function finish(part: Part, { response, call, journal }: Stage): void {
  response.end(part.bytes, () => book(part, call, journal))
}

async function sendParts({ isStream, parts }: Answer, stage: Stage): Promise<void> {
  const { response, behaviour, random, left } = stage
  response.flushHeaders()
  let dueAtMs = performance.now()
  let isFirst = true
  let leaving: Promise<void>[] = []
  // A caller who is gone takes nothing more: what was under way to them is never confirmed.
  const gone = new Promise<void>((resolve) => response.once('close', () => resolve()))
  for (const part of parts) {
    if (isStream && part.tokens > 0) {
      dueAtMs += delayOf(part, behaviour, isFirst, random)
      isFirst = false
    }
    const waitMs = dueAtMs - performance.now()
    if (waitMs > 0 || leaving.length === mostLeaving || behaviour.cutBytes) {
      await leave(leaving, gone, response)
      leaving = []
      await pause(waitMs, left)
    }
    if (left.aborted) return
    if (leaving.length === 0 && !behaviour.cutBytes) response.socket?.cork()
    leaving.push(sendPart(part, stage))
  }
  await leave(leaving, gone, response)
}

/** Every part is a write of its own; those that are due at once go to the system together. */
async function leave(leaving: Promise<void>[], gone: Promise<void>, { socket }: ServerResponse): Promise<void> {
  if (leaving.length === 0) return
  socket?.uncork()
  await Promise.race([Promise.all(leaving), gone])
}

function delayOf({ tokens }: Part, behaviour: Behaviour, isFirst: boolean, random: () => number): number {
  const paceMs = behaviour.tokensPerSecond === null ? 0 : (tokens * 1000) / behaviour.tokensPerSecond
  return paceMs + (isFirst ? 0 : pickRange(behaviour.chunkDelayMs, random))
}

async function sendPart(part: Part, { response, call, journal, behaviour, random, left }: Stage): Promise<void> {
  if (part.bytes.length === 0) return book(part, call, journal)
  const pieces = behaviour.cutBytes ? cutBytes(Buffer.from(part.bytes as string), random) : [part.bytes]
  for (const [index, piece] of pieces.entries()) {
    if (index > 0) await pause(0, left)
    if (!(await write(response, piece))) return
  }
  book(part, call, journal)
}

/** True when the bytes have left for the caller, false when they never will. */
function write(response: ServerResponse, bytes: string | Buffer): Promise<boolean> {
  return new Promise((resolve) => response.write(bytes, (error) => resolve(!error)))
}

function book({ tokens, report }: Part, call: Call, journal: JournalKeeper): void {
  if (tokens === 0 && report === undefined) return
  journal.update(call, {
    servedTokens: call.servedTokens + tokens,
    ...(report !== undefined && { reportedUsage: report && { ...call.reportedUsage, ...report } }),
  })
}

function reset({ response, call, journal }: Stage): void {
  journal.end(call, 'broken')
  response.socket?.resetAndDestroy()
}
