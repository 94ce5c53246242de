import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

export interface GatewayProcess {
  baseUrl: string
  isAlive(): boolean
  signal(name: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): void
  /** Resolves when it is gone, however that came. */
  gone: Promise<unknown>
  stop(): Promise<void>
}

/** A real gateway process on its own port, with settings of its own besides. */
export async function startGateway(
  options: { databaseUrl: string; home: string },
  settings: Record<string, string> = {},
): Promise<GatewayProcess> {
  const child: ChildProcess = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', new URL('./gateway-process.ts', import.meta.url).pathname],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {
        ...process.env,
        NODE_OPTIONS: '',
        DATABASE_URL: options.databaseUrl,
        STIPEND_HOME: options.home,
        STIPEND_ALLOW_PRIVATE_UPSTREAMS: 'true',
        STIPEND_UPSTREAM_TIMEOUT_SECONDS: '5',
        STIPEND_BUDGET_WAIT_SECONDS: '10',
        LOG_LEVEL: process.env.CHAOS_LOG_LEVEL ?? 'silent',
        ...settings,
      },
    },
  )
  const gone = once(child, 'exit')
  const ready = once(createInterface({ input: child.stdout! }), 'line')
  const first = await Promise.race([ready, gone.then(() => null)])
  if (!first) throw new Error(`a gateway could not be started; it ended with ${child.exitCode ?? child.signalCode}`)
  return {
    baseUrl: `http://127.0.0.1:${String(first[0]).split(' ')[1]}/v1`,
    isAlive: () => child.exitCode === null && child.signalCode === null,
    signal: (name) => void child.kill(name),
    gone,
    async stop() {
      child.kill('SIGCONT')
      child.kill('SIGTERM')
      await gone
    },
  }
}
