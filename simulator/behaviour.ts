import type { Fault } from './faults.ts'

/** How the stand-in vendor behaves towards a call. */
export interface Behaviour {
  /** Before the headers of the answer. */
  latencyMs: number
  /** Between two chunks of a stream. */
  chunkDelayMs: number
  /** How long the answer is unless the caller's cap is lower; null: as long as the text happens to be. */
  outputTokens: number | null
  /** What is reported instead of the truth; null: the truth. */
  reportedUsage: Record<string, unknown> | null
  fault: Fault | null
  /** Cuts the bytes of a stream anywhere, also inside a character; null: one write an event. */
  cutSeed: number | null
}

/** Behaviour for some calls: all that match, or the next `times` of them. */
export interface Rule extends Partial<Behaviour> {
  credential?: string
  model?: string
  times?: number
}

export const honest: Behaviour = {
  latencyMs: 0,
  chunkDelayMs: 0,
  outputTokens: null,
  reportedUsage: null,
  fault: null,
  cutSeed: null,
}

export interface Control {
  /** The newest rule wins where several say something about the same thing. */
  add(rule: Rule): void
  reset(): void
  /** What this call gets; counts it against rules with `times`. */
  behaviourFor(call: { credential: string; model: string }): Behaviour
}

export function createControl(base: Partial<Behaviour> = {}): Control {
  let rules: Rule[] = []
  return {
    add(rule) {
      rules.push({ ...rule })
    },
    reset() {
      rules = []
    },
    behaviourFor(call) {
      const behaviour: Behaviour = { ...honest, ...base }
      for (const rule of rules) {
        if (rule.credential !== undefined && rule.credential !== call.credential) continue
        if (rule.model !== undefined && rule.model !== call.model) continue
        if (rule.times !== undefined && rule.times-- <= 0) continue
        const { credential: _, model: __, times: ___, ...said } = rule
        Object.assign(behaviour, said)
      }
      return behaviour
    },
  }
}
