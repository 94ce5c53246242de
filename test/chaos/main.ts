import { parseArgs } from 'node:util'
import { runChaos } from './run-chaos.ts'

// npm run chaos -- --seed 7 --minutes 5
const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    minutes: { type: 'string', default: '1' },
    gateways: { type: 'string', default: '3' },
  },
})
const say = (line: string): void => void process.stdout.write(`${line}\n`)
const { log, statuses, calls, wrong } = await runChaos({
  seed: Number(values.seed),
  seconds: Number(values.minutes) * 60,
  gateways: Number(values.gateways),
  say,
})
say(`${log.length} faults, ${calls} calls at the vendor, answers by status ${JSON.stringify(statuses)}`)
for (const line of wrong) say(JSON.stringify(line))
say(wrong.length === 0 ? 'the books are right, to the nano-dollar' : `${wrong.length} things are WRONG`)
process.exit(wrong.length === 0 ? 0 : 1)
