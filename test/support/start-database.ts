import { startCluster } from './start-cluster.ts'

/** One real Postgres for the whole run; every test file makes databases of its own in it. */
export default async function startDatabase(): Promise<() => Promise<void>> {
  const cluster = await startCluster()
  return () => cluster.stop()
}
