import { parseArgs } from 'node:util'
import { readSteering } from './control/read-steering.ts'
import { startSimulator } from './start-simulator.ts'

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '4010' },
    host: { type: 'string', default: '127.0.0.1' },
    journal: { type: 'string' },
    /** As it would follow a credential: "latency=200;output=64". */
    behaviour: { type: 'string', default: '' },
  },
})

const simulator = await startSimulator({
  port: Number(values.port),
  host: values.host,
  behaviour: readSteering(`;${values.behaviour}`),
  ...(values.journal !== undefined && { journalFile: values.journal }),
})
process.stdout.write(`simulator ready on ${simulator.url}\n`)

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    simulator.close().then(() => process.exit(0))
  })
}
