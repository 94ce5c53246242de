import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { inspect } from 'node:util'
import type { Behaviour } from './behaviour.ts'
import { type Control, createControl } from './control/create-control.ts'
import { createJournal, type Journal } from './journal/create-journal.ts'
import { serveRequest } from './serve-request.ts'

export interface SimulatorOptions {
  /** Any free one unless given. */
  port?: number
  host?: string
  /** For every call that nothing else speaks of. */
  behaviour?: Partial<Behaviour>
  /** Where the journal is kept besides memory, one change a line; what is there already stays. */
  journalFile?: string
  /** What `GET /v1/models` lists; a call may name any model. */
  models?: readonly string[]
}

export interface Simulator {
  /** What an OpenAI client takes as base URL. */
  url: string
  port: number
  journal: Journal
  control: Control
  /** Cuts what is still open. */
  close(): Promise<void>
}

const defaultModels = ['gpt-4o', 'gpt-4o-mini', 'gpt-3.5-turbo', 'sim-echo', 'sim-fast']

/** Starts a vendor that speaks the real wire format and keeps a journal of all that it served. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const { port = 0, host = '127.0.0.1', behaviour = {}, journalFile = null, models = defaultModels } = options
  const journal = createJournal(journalFile)
  const control = createControl(behaviour)
  let calls = 0
  const vendor = { models, control, journal, allowances: new Map(), takeNumber: () => ++calls }

  const server = createServer({ keepAliveTimeout: 65_000 }, (request, response) => {
    serveRequest(vendor, request, response).catch((error: unknown) => showDefect(error, response))
  })
  server.listen(port, host)
  await once(server, 'listening')
  const address = server.address() as AddressInfo
  return {
    url: `http://${host}:${address.port}/v1`,
    port: address.port,
    journal,
    control,
    async close() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
      await journal.whenIdle()
      journal.close()
    },
  }
}

/** A defect of the simulator itself must never pass for a fault of the vendor. */
function showDefect(error: unknown, response: ServerResponse): void {
  if (response.headersSent || response.destroyed) response.destroy()
  else response.writeHead(500, { 'content-type': 'text/plain' }).end(`The simulator failed. ${inspect(error)}`)
}
