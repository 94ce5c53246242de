import { StipendError } from '#lib/core/errors.ts'

/** The vendor does not take the lab's own account: nothing that a caller did, and nothing that a caller should read. */
export class AccountRefusal extends StipendError {
  constructor(status: number) {
    super('upstream_error', `The provider refused the account of this gateway (HTTP ${status}). Tell whoever runs it.`)
  }
}
