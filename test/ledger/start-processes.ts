import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import type { Load } from './node-process.ts'

export interface LedgerProcess {
  run(load: Load): Promise<Record<string, number>>
  stop(): Promise<void>
}

/** Real processes, each with a ledger and connections of its own on the same database. */
export function startProcesses(appUrl: string, count: number): Promise<LedgerProcess[]> {
  return Promise.all(Array.from({ length: count }, () => startProcess(appUrl)))
}

async function startProcess(appUrl: string): Promise<LedgerProcess> {
  const child: ChildProcess = fork(new URL('./node-process.ts', import.meta.url), {
    env: { ...process.env, DATABASE_URL: appUrl, NODE_OPTIONS: '' },
    execArgv: ['--disable-warning=ExperimentalWarning'],
  })
  const failed = once(child, 'exit').then(([code]) => {
    throw new Error(`a ledger process ended with ${code}`)
  })
  failed.catch(() => {})
  const answer = async () => (await Promise.race([once(child, 'message'), failed]))[0]
  await answer()
  return {
    run(load) {
      child.send(load)
      return answer()
    },
    async stop() {
      const ended = once(child, 'exit')
      child.disconnect()
      await ended
    },
  }
}
