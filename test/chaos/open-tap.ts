import { connect, createServer, type Socket } from 'node:net'

/** One connection that runs through a tap. */
export interface Line {
  /** What the watcher noted of it. */
  notes: Set<string>
  /** Bytes that came back on it so far. */
  answeredBytes: number
  cut(): void
}

/** `swallow`: the bytes never arrive, and the connection stays as it is. */
export type Verdict = 'pass' | 'swallow'

export interface Watcher {
  asked?(bytes: Buffer, line: Line): Verdict
  answered?(bytes: Buffer, line: Line): Verdict
}

export interface Tap {
  port: number
  /** Sees all bytes of both directions before they go on. */
  watcher: Watcher | null
  /** Cuts every connection that runs through it now. */
  cutAll(): void
  close(): Promise<void>
}

/** A TCP proxy in front of a real server: where faults strike at a byte, and neither end carries code for it. */
export async function openTap(target: { host: string; port: number }): Promise<Tap> {
  const lines = new Set<Line>()
  const tap: Tap = {
    port: 0,
    watcher: null,
    cutAll() {
      for (const line of lines) line.cut()
    },
    async close() {
      tap.cutAll()
      await new Promise((done) => server.close(done))
    },
  }
  // Either end may close its half and go on reading: that is how callers hang up, and a wire passes it on.
  const server = createServer({ allowHalfOpen: true }, (client) => {
    const upstream = connect({ ...target, allowHalfOpen: true })
    const line: Line = {
      notes: new Set(),
      answeredBytes: 0,
      cut() {
        client.resetAndDestroy()
        upstream.resetAndDestroy()
      },
    }
    lines.add(line)
    join(client, upstream, (bytes) => tap.watcher?.asked?.(bytes, line) ?? 'pass')
    join(upstream, client, (bytes) => {
      line.answeredBytes += bytes.length
      return tap.watcher?.answered?.(bytes, line) ?? 'pass'
    })
    upstream.once('close', () => lines.delete(line))
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  tap.port = (server.address() as { port: number }).port
  return tap
}

function join(from: Socket, to: Socket, judge: (bytes: Buffer) => Verdict): void {
  from.setNoDelay(true)
  from.on('data', (bytes) => {
    if (judge(bytes) !== 'pass') return
    // Whoever hung up takes nothing more, and the other end has to feel that before it says any more.
    if (!to.writable) return void from.resetAndDestroy()
    if (!to.write(bytes)) {
      from.pause()
      to.once('drain', () => from.resume())
    }
  })
  let hasEnded = false
  from.once('end', () => {
    hasEnded = true
    to.end()
  })
  // What came before an end goes out before it.
  from.once('close', () => {
    if (!hasEnded) to.destroy()
  })
  from.on('error', () => to.destroy())
}
