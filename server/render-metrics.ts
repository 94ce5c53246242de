import { collectDefaultMetrics, Gauge, Registry } from 'prom-client'
import { pool } from '#lib/db/pool.ts'

const registry = new Registry()
collectDefaultMetrics({ register: registry, prefix: 'stipend_' })
new Gauge({
  name: 'stipend_database_connections',
  help: 'Connections to the database by state.',
  labelNames: ['state'],
  registers: [registry],
  collect() {
    const { totalCount, idleCount, waitingCount } = pool()
    this.set({ state: 'open' }, totalCount)
    this.set({ state: 'idle' }, idleCount)
    this.set({ state: 'awaited' }, waitingCount)
  },
})

/** This process in Prometheus' text format. */
export async function renderMetrics(): Promise<{ type: string; text: string }> {
  return { type: registry.contentType, text: await registry.metrics() }
}
