import { newId } from '#lib/core/ids.ts'
import { type Key, openNode, outcomeOf } from './lab.ts'

/** Work for one process: `count` requests at once, each of the next key in turn. */
export interface Load {
  keys: Key[]
  modelId: string
  count: number
  wantNanos: string
  costNanos: string
}

/** One gateway process's ledger, without the gateway: spends what it is told to and answers with a tally of outcomes. */
const node = await openNode(process.env.DATABASE_URL!, { waitMs: 60_000 })
const never = new AbortController().signal

process.on('message', async (load: Load) => {
  const outcomes = await Promise.all(
    Array.from({ length: load.count }, (_, index) => spend(load, load.keys[index % load.keys.length]!)),
  )
  const tally: Record<string, number> = {}
  for (const outcome of outcomes) tally[outcome] = (tally[outcome] ?? 0) + 1
  process.send!(tally)
})
process.once('disconnect', () => void node.end().then(() => process.exit(0)))
process.send!('ready')

async function spend(load: Load, key: Key): Promise<string> {
  const requestId = newId()
  const nanos = BigInt(load.wantNanos)
  try {
    const asked = { requestId, caller: key, modelId: load.modelId, signal: never }
    const reservation = await node.reserve({ ...asked, wantNanos: nanos, comfortNanos: nanos, floorNanos: nanos })
    await new Promise((done) => setTimeout(done, Math.random() * 5))
    await node.settle(reservation, outcomeOf(requestId, key, load.modelId, BigInt(load.costNanos)))
    return 'ok'
  } catch (error) {
    return (error as { code?: string }).code ?? String(error)
  }
}
