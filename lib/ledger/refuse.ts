import { StipendError } from '../core/errors.ts'
import { formatUsd } from '../core/money.ts'
import type { BindingBudget, ReserveAnswer } from './reserve-batch.ts'

const busyRetryMs = 2_000

/** The error for an answer that is not "reserved": which budget binds, what is left, when it starts anew, whom to ask. */
export function refuse(answer: ReserveAnswer): StipendError {
  switch (answer.outcome) {
    case 'exhausted':
      return refuseForMoney(answer.binding!)
    case 'busy':
      return new StipendError(
        'rate_limit_exceeded',
        `All that is left of ${nameOf(answer.binding!)} is reserved by calls in flight. Retry when some of them have ended.`,
        { retryAfterMs: busyRetryMs, facts: factsOf(answer.binding!) },
      )
    case 'unpriced':
      return new StipendError(
        'invalid_request_error',
        'This model has no price, so a key with a budget cannot call it. Ask an owner to set its price under Models & prices.',
        { param: 'model' },
      )
    case 'paused':
      return new StipendError('key_paused', 'This key is paused. Ask the lead of your project to resume it.')
    case 'expired':
      return new StipendError('key_expired', 'This key has expired. Ask the lead of your project for a new one.')
    case 'closed':
      return new StipendError('unavailable', 'The ledger was away for too long, so nothing was sent. Retry shortly.', {
        retryAfterMs: busyRetryMs,
      })
    default:
      return new StipendError('invalid_api_key', 'This key is not valid. Check that you copied all of it.')
  }
}

function refuseForMoney(binding: BindingBudget): StipendError {
  const spent = formatUsd(BigInt(binding.spentNanos))
  const limit = formatUsd(BigInt(binding.limitNanos))
  const reserved = BigInt(binding.reservedNanos)
  return new StipendError(
    'insufficient_quota',
    [
      `This request does not fit what is left of ${nameOf(binding)}: $${spent} of $${limit} spent`,
      reserved > 0n ? `, $${formatUsd(reserved)} reserved` : '',
      binding.resetsAt ? `. It starts anew at ${new Date(binding.resetsAt).toISOString()}` : '',
      `. Ask ${binding.ask ?? 'the lead of your project'} to raise it.`,
    ].join(''),
    { facts: factsOf(binding) },
  )
}

function nameOf(binding: BindingBudget): string {
  const scope = {
    organization: "the organization's",
    project: "the project's",
    member: "the member's",
    key: "the key's",
  }
  const period = { total: 'total', day: 'daily', week: 'weekly', month: 'monthly' }
  const model = binding.model === null ? '' : ` for ${binding.model}`
  const tag = binding.tag === null ? '' : ` for keys tagged ${binding.tag}`
  return `${scope[binding.scope]} ${period[binding.period]} budget${model}${tag}`
}

function factsOf(binding: BindingBudget): Record<string, unknown> {
  const left = BigInt(binding.limitNanos) - BigInt(binding.spentNanos)
  return {
    budget_scope: binding.scope,
    budget_period: binding.period,
    ...(binding.model !== null && { budget_model: binding.model }),
    ...(binding.tag !== null && { budget_tag: binding.tag }),
    limit_usd: formatUsd(BigInt(binding.limitNanos)),
    spent_usd: formatUsd(BigInt(binding.spentNanos)),
    reserved_usd: formatUsd(BigInt(binding.reservedNanos)),
    available_usd: formatUsd(left > 0n ? left : 0n),
    resets_at: binding.resetsAt,
    ask: binding.ask,
  }
}
