import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { connect } from 'node:net'
import { findFreePort } from '#server/find-free-port.ts'

/** Where a Redis server is: this machine's own, else the system's package manager fetches it; null: neither. */
export function findRedis(): string | null {
  const find = (): string | null => spawnSync('which', ['redis-server'], { encoding: 'utf8' }).stdout.trim() || null
  const found = find()
  if (found || process.getuid?.() !== 0) return found
  spawnSync('apt-get', ['install', '-y', 'redis-server'], { stdio: 'ignore', timeout: 120_000 })
  return find()
}

export interface RunningRedis {
  url: string
  port: number
  /** As an outage does: at once. */
  kill(): Promise<void>
}

export async function startRedis(command: string, port?: number): Promise<RunningRedis> {
  const at = port ?? (await findFreePort())
  const options = ['--port', String(at), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', '/tmp']
  const child: ChildProcess = spawn(command, options, { stdio: 'ignore' })
  for (let tries = 0; !(await answers(at)); tries++) {
    if (tries > 200) throw new Error('Redis did not start')
    await new Promise((done) => setTimeout(done, 50))
  }
  return {
    url: `redis://127.0.0.1:${at}`,
    port: at,
    kill: () =>
      new Promise((done) => {
        if (child.exitCode !== null || child.signalCode !== null) return done()
        child.once('exit', () => done())
        child.kill('SIGKILL')
      }),
  }
}

function answers(port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => {
      socket.destroy()
      done(true)
    })
    socket.once('error', () => done(false))
  })
}
