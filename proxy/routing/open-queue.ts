import { StipendError } from '#lib/core/errors.ts'
import type { Clock, Deployment } from '../gateway.ts'
import { ClientGone } from '../steps/client-gone.ts'
import { type AccountRooms, openAccountRooms } from './account-room.ts'
import type { Health } from './health.ts'
import type { Pass, Queue, QueueRequest } from './queue.ts'
import { readLimits } from './read-limits.ts'

const defaultMostWaiting = 20_000
/** A timer of less is not worth its while. */
const leastWaitMs = 2
/** After a rest one goes first, then twice as many each time: what has just come back is not to be run over. */
const slowStartMs = 50

interface Waiter {
  request: QueueRequest
  admit(pass: Pass): void
}

/** Who waits for one model: by priority, then in turns by key. */
interface Lane {
  waiting: Map<number, Map<string, Waiter[]>>
  size: number
  timer: NodeJS.Timeout | null
  /** How many may go before the next look. */
  burst: number
}

/**
 * Smooths what comes at once to what the vendors' accounts take: who does not fit waits for its turn, bounded, by priority
 * and fairly between keys, instead of being refused. Where no limit is known nobody ever waits.
 */
export function openQueue(options: {
  clock: Clock
  health: Health
  /** The part of each configured limit that this process may use. */
  share?: () => number
  mostWaiting?: number
}): Queue {
  const { clock, health, share = () => 1, mostWaiting = defaultMostWaiting } = options
  const rooms = openAccountRooms(share)
  const lanes = new Map<string, Lane>()
  let waiting = 0

  /** A deployment with room, or when there may be one; 0 with none: do not wait for it. */
  const findRoom = (
    { route, affinity, tokens }: QueueRequest,
    isWaiting: boolean,
  ): { deployment: Deployment | null; readyAtMs: number; isResting: boolean } => {
    const nowMs = clock.now()
    const { ready, coolUntilMs, restUntilMs } = health.rank(route.deployments, affinity)
    const isResting = ready.length === 0
    if (ready.length === 0 && route.fallbacks.general.some((other) => health.rank(other.deployments, null).ready[0])) {
      return { deployment: null, readyAtMs: 0, isResting }
    }
    // Whoever waits already goes on waiting while all of it is broken; who comes fresh finds out by trying.
    let readyAtMs = (isWaiting && isResting ? restUntilMs : coolUntilMs) ?? Number.POSITIVE_INFINITY
    for (const deployment of ready) {
      const atMs = rooms.take(deployment, tokens, nowMs)
      if (atMs === 0) return { deployment, readyAtMs: 0, isResting }
      readyAtMs = Math.min(readyAtMs, atMs)
    }
    // Everything is broken or refused: that is for the attempts to find out, and the models that take over.
    return { deployment: null, readyAtMs: Number.isFinite(readyAtMs) ? readyAtMs : 0, isResting }
  }

  const laneOf = ({ route: { modelId } }: QueueRequest): Lane => {
    let lane = lanes.get(modelId)
    if (!lane) {
      lane = { waiting: new Map(), size: 0, timer: null, burst: Number.POSITIVE_INFINITY }
      lanes.set(modelId, lane)
    }
    return lane
  }

  const admitTurns = (lane: Lane): void => {
    lane.timer = null
    let admitted = 0
    for (let waiter = nextOf(lane); waiter; waiter = nextOf(lane)) {
      if (admitted >= lane.burst) {
        lane.burst *= 2
        lane.timer = setTimeout(() => admitTurns(lane), slowStartMs)
        return
      }
      const { deployment, readyAtMs, isResting } = findRoom(waiter.request, true)
      if (isResting) lane.burst = 1
      if (readyAtMs > 0) {
        // Its key keeps the turn.
        lane.timer = setTimeout(() => admitTurns(lane), Math.max(leastWaitMs, readyAtMs - clock.now()))
        return
      }
      remove(lane, waiter)
      waiter.admit(passFor(rooms, deployment, waiter.request.tokens))
      admitted++
    }
    lane.burst = Number.POSITIVE_INFINITY
  }

  const remove = (lane: Lane, waiter: Waiter): void => {
    const { priority, caller } = waiter.request
    const ofPriority = lane.waiting.get(priority)
    const ofKey = ofPriority?.get(caller.keyId)
    const at = ofKey?.indexOf(waiter) ?? -1
    if (!ofPriority || !ofKey || at === -1) return
    ofKey.splice(at, 1)
    // The key goes to the end of the line.
    ofPriority.delete(caller.keyId)
    if (ofKey.length > 0) ofPriority.set(caller.keyId, ofKey)
    if (ofPriority.size === 0) lane.waiting.delete(priority)
    lane.size--
    waiting--
  }

  const wait = (lane: Lane, request: QueueRequest, readyAtMs: number): Promise<Pass> => {
    const { priority, caller, mostMs, signal } = request
    const refusal = (): StipendError => {
      const message = `Every account that serves ${request.route.model} is at its vendor's limit, and ${lane.size} requests wait. Retry later, or wait longer with x-stipend-max-wait.`
      return new StipendError('rate_limit_exceeded', message, { retryAfterMs: Math.max(1, readyAtMs - clock.now()) })
    }
    const isInVain = readyAtMs - clock.now() > mostMs
    if (mostMs <= 0 || isInVain || waiting >= mostWaiting) return Promise.reject(refusal())
    return new Promise((resolve, reject) => {
      const end = (): void => {
        clearTimeout(late)
        signal.removeEventListener('abort', leave)
      }
      const waiter: Waiter = {
        request,
        admit(pass) {
          end()
          resolve(pass)
        },
      }
      const leave = (): void => {
        end()
        remove(lane, waiter)
        reject(new ClientGone())
      }
      const late = setTimeout(() => {
        end()
        remove(lane, waiter)
        reject(refusal())
      }, mostMs)
      signal.addEventListener('abort', leave, { once: true })
      const ofPriority = lane.waiting.get(priority) ?? new Map<string, Waiter[]>()
      lane.waiting.set(priority, ofPriority)
      const ofKey = ofPriority.get(caller.keyId) ?? []
      ofPriority.set(caller.keyId, ofKey)
      request.onWait(lane.size)
      ofKey.push(waiter)
      lane.size++
      waiting++
      lane.timer ??= setTimeout(() => admitTurns(lane), Math.max(leastWaitMs, readyAtMs - clock.now()))
      if (signal.aborted) leave()
    })
  }

  return {
    enter(request) {
      const lane = laneOf(request)
      // Nobody overtakes who waits already.
      if (lane.size > 0) return wait(lane, request, clock.now())
      const { deployment, readyAtMs, isResting } = findRoom(request, false)
      if (isResting && readyAtMs > 0) lane.burst = 1
      return readyAtMs === 0 ? passFor(rooms, deployment, request.tokens) : wait(lane, request, readyAtMs)
    },
    learn(deployment, headers) {
      const nowMs = clock.now()
      for (const { kind, most, left, fullInMs } of readLimits(headers, nowMs)) {
        rooms.learn(deployment, kind, most, left, fullInMs, nowMs)
      }
    },
  }
}

function passFor(rooms: AccountRooms, deployment: Deployment | null, expected: number): Pass {
  return {
    deployment,
    used(tokens) {
      if (deployment) rooms.correct(deployment, tokens - expected)
    },
  }
}

/** The first of the key whose turn it is, in the highest priority that waits. */
function nextOf(lane: Lane): Waiter | null {
  let most = Number.NEGATIVE_INFINITY
  for (const priority of lane.waiting.keys()) most = Math.max(most, priority)
  for (const [, ofKey] of lane.waiting.get(most) ?? []) if (ofKey[0]) return ofKey[0]
  return null
}
