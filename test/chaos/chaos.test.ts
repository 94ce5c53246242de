import { expect, it } from 'vitest'
import { runChaos } from './run-chaos.ts'

it('leaves right books behind, whatever fails while people work', async () => {
  const log: string[] = []
  const report = await runChaos({ seed: 11, seconds: 12, gateways: 2, leastCalls: 20, say: (line) => log.push(line) })
  expect(report.wrong, log.join('\n')).toEqual([])
  expect(report.log.length).toBeGreaterThan(3)
  expect(report.calls).toBeGreaterThanOrEqual(20)
}, 240_000)
