import type pg from 'pg'
import { type LiveNote, liveChannel } from './live-note.ts'

/** What ends together is told together. */
const gatherMs = 200
/** A note of Postgres holds 8,000 bytes; ids and memberships of so many fit. */
const mostNamed = 80

interface Ended {
  requestId: string
  caller: { organizationId: string; membershipId: string | null }
}

export interface Announcer {
  /** Requests whose rows are committed. Returns at once. */
  ended(requests: readonly Ended[]): void
  /** What is kept of an organization's upstreams was written anew. Returns at once. */
  health(organizationId: string): void
  /** Tells what is still to be told. */
  close(): Promise<void>
}

interface Named {
  count: number
  byMembership: Record<string, string[]>
}

/**
 * Tells open pages of what the gateway wrote: at most a few times a second, one note an organization, beside the ledger
 * and never in its way. A process without callers tells nothing.
 */
export function createAnnouncer({
  pool,
  log,
}: {
  pool: Pick<pg.Pool, 'query'>
  log: { warn(facts: object, message: string): void }
}): Announcer {
  const ended = new Map<string, Named>()
  const health = new Set<string>()
  let timer: NodeJS.Timeout | null = null
  let telling: Promise<void> = Promise.resolve()

  const tell = async (): Promise<void> => {
    const notes: LiveNote[] = [
      ...Array.from(ended, ([organizationId, { count, byMembership }]) => ({
        organizationId,
        topic: 'requests' as const,
        ended: count > mostNamed ? null : byMembership,
      })),
      ...Array.from(health, (organizationId) => ({ organizationId, topic: 'health' as const })),
    ]
    ended.clear()
    health.clear()
    if (notes.length === 0) return
    try {
      // A lost note is a page that is a little late: nobody waits for the disk.
      await pool.query({
        name: 'announce',
        text: `SELECT set_config('synchronous_commit', 'off', true), count(pg_notify($1, note)) FROM unnest($2::text[]) note`,
        values: [liveChannel, notes.map((note) => JSON.stringify(note))],
      })
    } catch (error) {
      log.warn({ error: String(error) }, 'open pages could not be told of news')
    }
  }

  const soon = (): void => {
    timer ??= setTimeout(() => {
      timer = null
      telling = telling.then(tell)
    }, gatherMs).unref()
  }

  return {
    ended(requests) {
      for (const { requestId, caller } of requests) {
        let named = ended.get(caller.organizationId)
        if (!named) {
          named = { count: 0, byMembership: {} }
          ended.set(caller.organizationId, named)
        }
        if (++named.count > mostNamed) continue
        const own = caller.membershipId ?? ''
        const ids = named.byMembership[own]
        if (ids) ids.push(requestId)
        else named.byMembership[own] = [requestId]
      }
      soon()
    },
    health(organizationId) {
      health.add(organizationId)
      soon()
    },
    async close() {
      if (timer) clearTimeout(timer)
      timer = null
      await telling.then(tell)
    },
  }
}
