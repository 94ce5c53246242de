import type { AuditChange, AuditFacts } from '#components/audit/audit-facts.ts'
import type { AuditEventView } from '#lib/audit/list-audit-events.ts'
import { formatUsd } from '#lib/core/money.ts'

/** Where the page of a thing is. */
const pages: Record<string, string> = { key: 'keys', project: 'projects', model: 'models' }

export function auditFactsOf(event: AuditEventView, base: string): AuditFacts {
  const { actor, action, target, targetId } = event
  const noun = action.split('.')[0]!
  const page = pages[noun]
  const [, kind, name] = /^(user|management_key):(.*)$/.exec(actor) ?? [null, 'system', actor]
  return {
    id: event.id,
    at: event.createdAt.toISOString(),
    actor: name!,
    actorKind: kind as AuditFacts['actorKind'],
    action,
    target,
    targetHref: page && targetId && !action.endsWith('.remove') ? `${base}/${page}/${targetId}` : null,
    changes: changesOf(event.before, event.after),
  }
}

/** The fields that differ, by name. */
export function changesOf(before: unknown, after: unknown): AuditChange[] {
  const [was, is] = [fieldsOf(before), fieldsOf(after)]
  return (
    [...new Set([...Object.keys(was), ...Object.keys(is)])]
      // The time of the change stands beside it already.
      .filter((field) => field !== 'updatedAt')
      .map((field) => ({
        field: nameOfField(field),
        before: textOf(field, was[field]),
        after: textOf(field, is[field]),
      }))
      .filter((change) => change.before !== change.after)
      .sort((a, b) => (a.field < b.field ? -1 : 1))
  )
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {}
}

/** Amounts are kept in nano-dollars and read in dollars. */
export function nameOfField(field: string): string {
  return field.replace(/Nanos$/, '')
}

function textOf(field: string, value: unknown): string | null {
  // What is not there, not set and empty read the same.
  if (value === undefined || value === null || (Array.isArray(value) && value.length === 0)) return null
  if (isAmount(field, value)) return `$${formatUsd(BigInt(value))}`
  return typeof value === 'string' ? value : JSON.stringify(value, amountsAsUsd)
}

function amountsAsUsd(field: string, value: unknown): unknown {
  return isAmount(field, value) ? `$${formatUsd(BigInt(value))}` : value
}

/** Nano-dollars, as the log keeps them. */
function isAmount(field: string, value: unknown): value is string {
  return /Nanos$|PerMtok$|^perRequest$/.test(field) && typeof value === 'string' && /^-?\d+$/.test(value)
}
