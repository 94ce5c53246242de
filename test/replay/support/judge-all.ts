import { readTraffic } from '#test/proxy/support/traffic.ts'
import { judgeRecording, type Row } from './judge.ts'

const seed = 1

/** All recordings of the APIs that the hub joins. */
export async function judgeAll(): Promise<Row[]> {
  const rows: Row[] = []
  for (const recording of readTraffic(
    /\.(chat_completions|messages|responses|generateContent|completions|embeddings)\.(json|stream)\./,
  )) {
    // Streams that are one JSON array are what only callers of that dialect can ask for; they are replayed apart.
    if (recording.body.startsWith('[')) continue
    rows.push(await judgeRecording(recording, seed))
  }
  return rows
}
