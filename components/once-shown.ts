import type { ActionFailure, ActionResult } from './action-result.ts'

/**
 * An action that makes a secret, which is known on one occasion alone: it happens only when the dialog that will show the
 * secret is here. Where that cannot be fetched, nothing is made.
 */
export function onceShown<Parameters extends unknown[], Value>(
  dialog: { fetch(): Promise<unknown> },
  make: (...parameters: Parameters) => Promise<ActionResult<Value>>,
) {
  return async (...parameters: Parameters): Promise<ActionResult<Value>> => {
    const isHere = await dialog.fetch().then(
      () => true,
      () => false,
    )
    return isHere ? make(...parameters) : { failure: notHere }
  }
}

const notHere: ActionFailure = { code: 'internal_error', param: null }
