import { type ComposedGateway, composeGateway } from '#server/compose-gateway.ts'

// Next may load this module more than once; the ledger of a process must be one.
const shared = globalThis as typeof globalThis & { stipendGateway?: Promise<ComposedGateway> }

/** The gateway of this process, for hosts where Next answers its paths. */
export function sharedGateway(): Promise<ComposedGateway> {
  shared.stipendGateway ??= composeGateway().catch((error) => {
    shared.stipendGateway = undefined
    throw error
  })
  return shared.stipendGateway
}
