import { type ComposedGateway, composeGateway } from './compose-gateway.ts'

// The console's bundle and the server are two module graphs in one process; the ledger of a process must be one.
const shared = globalThis as typeof globalThis & { stipendGateway?: Promise<ComposedGateway> }

/** The gateway of this process: for its port, for hosts where Next answers the gateway's paths, and for the playground. */
export function sharedGateway(): Promise<ComposedGateway> {
  shared.stipendGateway ??= composeGateway().catch((error) => {
    shared.stipendGateway = undefined
    throw error
  })
  return shared.stipendGateway
}
