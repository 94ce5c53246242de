/** Nobody is left to answer. */
export class ClientGone extends Error {
  override readonly name = 'ClientGone'

  constructor() {
    super('The caller left before the answer was complete.')
  }
}
