import { unstable_rethrow } from 'next/navigation'
import type { ActionResult } from '#components/action-result.ts'
import { StipendError } from '#lib/core/errors.ts'
import { log } from '#lib/log.ts'

/** What a server action answers: a refusal is an answer; what nobody expected is logged and shown as no more than that. */
export async function asActionResult<T>(work: () => Promise<T>): Promise<ActionResult<T>> {
  try {
    return { value: await work() }
  } catch (error) {
    unstable_rethrow(error)
    if (error instanceof StipendError) return { failure: { code: error.code, param: error.param ?? null } }
    log.error({ err: error }, 'an action failed')
    return { failure: { code: 'internal_error', param: null } }
  }
}
