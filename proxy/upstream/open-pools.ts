import { isIP } from 'node:net'
import { buildConnector, Pool } from 'undici'
import { asUpstreamError } from './as-upstream-error.ts'
import { NotDispatched } from './not-dispatched.ts'
import { layWire } from './open-line.ts'
import { forbidden, pinnedLookup } from './pinned-lookup.ts'

export interface PoolOptions {
  /** How long a provider may take to answer with headers, and be silent between two chunks. */
  headersMs: number
  idleMs: number
  /** The outbound rules: asked for every address of every host, before a connection is made to it. */
  isAllowedAddress(ip: string): boolean
}

export interface Pools {
  /** Connections are shared only by what goes to the same origin with the same credential and the same patience. */
  poolFor(origin: string, credential: string, connectMs?: number | null): Pool
  close(): Promise<void>
}

const defaultConnectMs = 10_000
const maxConnectionsPerPool = 512
const maxPools = 256

export function openPools(options: PoolOptions): Pools {
  /** In the order of last use. */
  const pools = new Map<string, Pool>()

  const open = (origin: string, connectMs: number | null): Pool =>
    new Pool(origin, {
      connect: connectorFor(options.isAllowedAddress, connectMs ?? defaultConnectMs),
      connections: maxConnectionsPerPool,
      headersTimeout: options.headersMs,
      bodyTimeout: options.idleMs,
      pipelining: 1,
    })

  return {
    poolFor(origin, credential, connectMs = null) {
      const name = connectMs === null ? `${origin} ${credential}` : `${origin} ${credential} ${connectMs}`
      const pool = pools.get(name) ?? open(origin, connectMs)
      pools.delete(name)
      pools.set(name, pool)
      const [oldest] = pools
      if (oldest && pools.size > maxPools) {
        pools.delete(oldest[0])
        // Waits for what is still on its way.
        void oldest[1].close()
      }
      return pool
    },
    async close() {
      await Promise.all([...pools.values()].map((pool) => pool.close()))
    },
  }
}

/** Whatever fails here has not sent a byte. */
function connectorFor(isAllowedAddress: (ip: string) => boolean, connectMs: number): buildConnector.connector {
  const connect = buildConnector({ timeout: connectMs, lookup: pinnedLookup(isAllowedAddress), allowH2: false })
  return (target, callback) => {
    const host = target.hostname.replace(/^\[(.*)\]$/, '$1')
    // A literal address is never looked up.
    if (isIP(host) && !isAllowedAddress(host)) return callback(forbidden(host), null)
    // TLS is spoken over a connection that is there already, so that its half can be closed beneath it.
    const isSecret = target.protocol === 'https:'
    const plain = isSecret ? { ...target, protocol: 'http:', port: target.port || '443' } : target
    connect(plain, (...[error, wire]) => {
      if (error) return callback(asNotDispatched(error), null)
      if (!isSecret) return callback(null, wire)
      connect({ ...target, httpSocket: wire }, (...[refusal, socket]) => {
        if (refusal) return callback(asNotDispatched(refusal), null)
        layWire(socket, wire)
        callback(null, socket)
      })
    })
  }
}

function asNotDispatched(error: Error): NotDispatched {
  if (error instanceof NotDispatched) return error
  const { code, message } = asUpstreamError(error)
  return new NotDispatched(code, message, { cause: error })
}
