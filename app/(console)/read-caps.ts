import type { CapDraft } from '#components/budgets/cap-draft.ts'
import type { Cap } from '#lib/budgets/budget-fields.ts'
import { StipendError } from '#lib/core/errors.ts'
import { parseUsd } from '#lib/core/money.ts'

/** The caps that were typed; throws `invalid_request_error` at the first that is no amount. */
export function readCaps(drafts: CapDraft[]): Cap[] {
  return drafts.map(({ limitUsd, period }, index) => {
    const limitNanos = parseUsd(limitUsd)
    if (limitNanos !== null) return { period, limitNanos }
    throw new StipendError('invalid_request_error', 'Write an amount in USD such as 20 or 7.50.', {
      param: `budgets.${index}.limitNanos`,
    })
  })
}
