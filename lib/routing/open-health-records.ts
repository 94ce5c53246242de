import type pg from 'pg'
import { type HealthRecord, recordHealth } from './record-health.ts'

/** Changes that come together are written together. */
const gatherMs = 100
const figuresEveryMs = 10_000

export interface HealthRecords {
  /** Returns at once. */
  note(record: HealthRecord): void
  close(): Promise<void>
}

/** Writes what a gateway learns, beside the requests: soon after a change, and the moving figures every few seconds. */
export function openHealthRecords(options: {
  pool: pg.Pool
  log: { warn(facts: object, message: string): void }
  /** What was called since the last time. */
  takeFigures(): HealthRecord[]
  /** Hears whose upstreams were written down anew. */
  onWritten?: (organizationId: string) => void
}): HealthRecords {
  const { pool, log, takeFigures, onWritten } = options
  const noted = new Map<string, HealthRecord>()
  let timer: NodeJS.Timeout | null = null
  let writing: Promise<void> = Promise.resolve()

  const write = async (): Promise<void> => {
    const byOrganization = Map.groupBy(noted.values(), ({ organizationId }) => organizationId)
    noted.clear()
    for (const [organizationId, records] of byOrganization) {
      try {
        await recordHealth(pool, organizationId, records)
        onWritten?.(organizationId)
      } catch (error) {
        log.warn({ error: String(error) }, 'the health of upstreams could not be kept')
      }
    }
  }

  const soon = (): void => {
    timer ??= setTimeout(() => {
      timer = null
      writing = writing.then(write)
    }, gatherMs).unref()
  }

  const figures = setInterval(() => {
    for (const record of takeFigures()) noted.set(record.id, record)
    if (noted.size > 0) soon()
  }, figuresEveryMs).unref()

  return {
    note(record) {
      noted.set(record.id, record)
      soon()
    },
    async close() {
      clearInterval(figures)
      if (timer) clearTimeout(timer)
      await writing.then(write)
    },
  }
}
