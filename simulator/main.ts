import { parseArgs } from 'node:util'
import { startSimulator } from './start-simulator.ts'

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '4010' },
    journal: { type: 'string' },
    latency: { type: 'string', default: '0' },
  },
})
const simulator = await startSimulator({
  port: Number(values.port),
  behaviour: { latencyMs: Number(values.latency) },
  ...(values.journal && { journalFile: values.journal }),
})
process.stdout.write(`simulator ready on ${simulator.url}\n`)
