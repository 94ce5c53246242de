import { type Behaviour, honestBehaviour } from '../behaviour.ts'
import type { Fault } from '../faults/fault.ts'
import { faults } from '../faults/faults.ts'
import { modelProfiles } from './model-profiles.ts'
import { nameOf, readSteering } from './read-steering.ts'
import { type Rule, ruleSchema } from './rule.ts'

export interface Control {
  /** Where standing rules disagree the newest wins. Rules with `times` queue up: each call uses the first that fits. */
  set(rule: Rule): void
  /** Forgets all rules. */
  reset(): void
  readonly rules: readonly Rule[]
}

export interface ControlReader extends Control {
  /** What one call gets; uses up a rule with `times`. Throws `Refused` for steering that makes no sense. */
  decide(credential: string, model: string): Behaviour
}

/** Steers the vendor: base, then the model's profile, standing rules, one queued rule, and the call's own suffixes. */
export function createControl(base: Partial<Behaviour>): ControlReader {
  let standing: Rule[] = []
  let queued: Rule[] = []
  return {
    set(rule) {
      const checked = ruleSchema.parse(rule)
      if (checked.times !== undefined) {
        queued.push(checked)
        return
      }
      const older = standing.find(({ credential, model }) => credential === rule.credential && model === rule.model)
      standing = [...standing.filter((other) => other !== older), { ...older, ...checked }]
    },
    reset() {
      standing = []
      queued = []
    },
    get rules() {
      return [...standing, ...queued]
    },
    decide(credential, model) {
      const said: Partial<Behaviour> = { ...modelProfiles[nameOf(model)] }
      for (const rule of standing) if (fits(rule, credential, model)) Object.assign(said, rule)
      const next = queued.find((rule) => fits(rule, credential, model))
      if (next) {
        Object.assign(said, next)
        next.times!--
        if (next.times === 0) queued = queued.filter((rule) => rule !== next)
      }
      Object.assign(said, readSteering(credential), readSteering(model))
      const fault: Fault | null = said.fault ? faults[said.fault] : base.fault ? faults[base.fault] : null
      return { ...honestBehaviour, ...base, ...fault?.pace, ...said }
    },
  }
}

function fits(rule: Rule, credential: string, model: string): boolean {
  return isNamed(rule.credential, credential) && isNamed(rule.model, model)
}

function isNamed(wanted: string | undefined, actual: string): boolean {
  return wanted === undefined || wanted === actual || wanted === nameOf(actual)
}
