/** A request that has a reservation in the model. */
export interface ModelRequest {
  id: string
  /** Its key's number. */
  key: number
  amount: bigint
}

interface Counter {
  limit: bigint
  spent: bigint
  reserved: bigint
  overrun: bigint
}

interface Held extends ModelRequest {
  counters: Counter[]
}

interface Asked {
  id: string
  key: number
  want: bigint
  comfort: bigint
  floor: bigint
}

export interface ModelAnswer {
  outcome: string
  amount: bigint
}

export type Model = ReturnType<typeof createModel>

/**
 * The ledger as it is meant: numbers and no database. Budgets have a limit each; `bindings` says which of them bind a key.
 * Written from the rules, one request at a time, and sharing nothing with the functions that it is held against.
 */
export function createModel(limits: bigint[], bindings: number[][]) {
  const current: Counter[] = limits.map(newCounter)
  const nextLimits = [...limits]
  const paused = new Set<number>()
  const held = new Map<string, Held>()
  const lapsed = new Map<string, Held>()

  function reserveOne({ id, key, want, comfort, floor }: Asked): ModelAnswer {
    const counters = bindings[key]!.map((budget) => current[budget]!)
    if (paused.has(key)) return { outcome: 'paused', amount: 0n }
    const unspent = least(counters.map(({ limit, spent }) => limit - spent))
    const free = least(counters.map(({ limit, spent, reserved }) => limit - spent - reserved))
    // What no return of others' money could pay for is refused; a budget with nothing left allows nothing.
    if (unspent <= 0n || unspent < floor) return { outcome: 'exhausted', amount: 0n }
    const hoped = min(want, unspent)
    const granted = min(want, free)
    if (granted < floor || granted < min(comfort, hoped)) return { outcome: 'busy', amount: 0n }
    for (const counter of counters) counter.reserved += granted
    held.set(id, { id, key, amount: granted, counters })
    return { outcome: 'reserved', amount: granted }
  }

  function end(request: Held, cost: bigint): void {
    for (const counter of request.counters) {
      counter.reserved -= request.amount
      counter.spent += cost
      if (cost > request.amount) counter.overrun += cost - request.amount
    }
    stopAfterOverrun(request, cost)
    held.delete(request.id)
  }

  /** A vendor that reports more than was set aside could do it again. */
  function stopAfterOverrun(request: Held, cost: bigint): void {
    if (cost > request.amount) paused.add(request.key)
  }

  return {
    reserve: (asked: Asked[]) => asked.map(reserveOne),
    open: (): ModelRequest[] => [...held.values()].sort(byId),
    expired: (): ModelRequest[] => [...lapsed.values()].sort(byId),
    close(id: string, cost: bigint) {
      end(held.get(id)!, cost)
    },
    /** Nobody can say what they used: they keep what was reserved. */
    expire() {
      for (const request of [...held.values()]) {
        end(request, request.amount)
        lapsed.set(request.id, request)
      }
    },
    correct(id: string, cost: bigint) {
      const request = lapsed.get(id)!
      for (const counter of request.counters) {
        counter.spent += cost - request.amount
        if (cost > request.amount) counter.overrun += cost - request.amount
      }
      stopAfterOverrun(request, cost)
      lapsed.delete(id)
    },
    changeLimit(budget: number, limit: bigint) {
      nextLimits[budget] = limit
      current[budget]!.limit = limit
    },
    pause(key: number, isPaused: boolean) {
      if (isPaused) paused.add(key)
      else paused.delete(key)
    },
    /** What is on its way stays with the period that admitted it. */
    newPeriod(budget: number) {
      current[budget] = newCounter(nextLimits[budget]!)
    },
    counters: () => current.map(({ spent, reserved, overrun }) => [spent, reserved, overrun]),
  }
}

function newCounter(limit: bigint): Counter {
  return { limit, spent: 0n, reserved: 0n, overrun: 0n }
}

function byId(one: ModelRequest, other: ModelRequest): number {
  return one.id < other.id ? -1 : 1
}

function min(one: bigint, other: bigint): bigint {
  return one < other ? one : other
}

function least(amounts: bigint[]): bigint {
  return amounts.reduce(min)
}
