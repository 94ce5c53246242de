import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { type LiveNote, liveChannel, readNote } from './live-note.ts'

const pingMs = 30_000
const longestPauseMs = 10_000
/** A page that is left for another one comes back within this. */
const defaultLingerMs = 5_000
/** Of one person in one process; each page that is looked at holds one. */
const mostOfOne = 30

export interface LiveListener {
  userId: string
  /** From now on nothing is missed; what was before may have been. */
  onReady(): void
  onNote(note: LiveNote): void
  /** The process stops. */
  onClose(): void
}

export interface LiveHub {
  /** Hears the notes of one organization until the returned function is called; null: this person listens often enough. */
  listen(organizationId: string, listener: LiveListener): (() => void) | null
  /** Ends every stream; nobody can listen any more. */
  close(): Promise<void>
}

/** One connection of the process hears for all its streams, and only while there are any. */
export function openHub(options: {
  connectionString: string
  log: { warn(facts: object, message: string): void }
  /** How long the connection outlasts its last listener. */
  lingerMs?: number
}): LiveHub {
  const { connectionString, log, lingerMs = defaultLingerMs } = options
  const listeners = new Map<string, Set<LiveListener>>()
  let isReady = false
  const closed = new AbortController()
  let hearing: Promise<void> | null = null
  let lingering: NodeJS.Timeout | null = null
  /** Lets go of the connection. */
  let leave = () => {}

  async function hear(): Promise<void> {
    for (let failures = 0; listeners.size > 0 && !closed.signal.aborted; ) {
      const client = new pg.Client({ connectionString, keepAlive: true, connectionTimeoutMillis: 5_000 })
      const over = new Promise<void>((done) => {
        leave = done
        client.once('end', done)
        client.on('error', () => done())
      })
      try {
        client.on('notification', ({ payload }) => tell(readNote(payload)))
        await client.connect()
        await client.query(`LISTEN ${liveChannel}`)
        failures = 0
        isReady = true
        for (const listener of everyone()) listener.onReady()
        // A connection that is cut without a word is found out.
        const ping = setInterval(() => {
          const late = setTimeout(leave, pingMs / 2).unref()
          client.query('SELECT').then(() => clearTimeout(late), leave)
        }, pingMs).unref()
        await over
        clearInterval(ping)
      } catch (error) {
        log.warn({ error: String(error) }, 'news for open pages cannot be heard; trying again')
      }
      isReady = false
      client.end().catch(() => {})
      failures += 1
      if (listeners.size === 0) break
      const pauseMs = Math.min(longestPauseMs, 100 * 2 ** failures)
      await sleep(pauseMs, null, { signal: closed.signal }).catch(() => {})
    }
    hearing = null
  }

  function tell(note: LiveNote | null): void {
    if (note) for (const listener of listeners.get(note.organizationId) ?? []) listener.onNote(note)
  }

  function everyone(): LiveListener[] {
    return Array.from(listeners.values(), (those) => [...those]).flat()
  }

  return {
    listen(organizationId, listener) {
      if (closed.signal.aborted || everyone().filter(({ userId }) => userId === listener.userId).length >= mostOfOne)
        return null
      const those = listeners.get(organizationId) ?? new Set()
      listeners.set(organizationId, those.add(listener))
      if (lingering) clearTimeout(lingering)
      if (isReady) listener.onReady()
      hearing ??= hear()
      return () => {
        those.delete(listener)
        if (those.size > 0 || listeners.get(organizationId) !== those) return
        listeners.delete(organizationId)
        if (listeners.size > 0) return
        lingering = setTimeout(() => {
          if (listeners.size === 0) leave()
        }, lingerMs).unref()
      }
    },
    async close() {
      closed.abort()
      for (const listener of everyone()) listener.onClose()
      listeners.clear()
      leave()
      await hearing
    },
  }
}
