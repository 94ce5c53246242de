import { readTraffic } from '#test/proxy/support/traffic.ts'
import { judgeRecording, type Row } from './judge.ts'

const seed = 1

/** All recordings of the APIs that the hub joins. */
export async function judgeAll(): Promise<Row[]> {
  const rows: Row[] = []
  for (const recording of readTraffic(/\.(chat_completions|messages|responses)\.(json|stream)\./)) {
    rows.push(await judgeRecording(recording, seed))
  }
  return rows
}
