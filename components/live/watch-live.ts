/** `resync`: something may have been missed, look at everything. */
export type LiveEvent =
  | { topic: 'resync' }
  | { topic: 'end' }
  | { topic: 'note'; requests?: string[] | null; changes: boolean; health: boolean }

type Listener = (event: LiveEvent) => void

/** The server says that it is there every 15 seconds. */
const silentMs = 45_000
const lingerMs = 1_000
/** A page takes no longer from the server to the screen, but for the slowest. */
const makingMs = 5_000
const firstPauseMs = 1_000
const longestPauseMs = 30_000

interface Wire {
  listeners: Set<Listener>
  look(): void
  /** When something happened last, by the clock of the page. */
  newsAtMs(): number
}

const wires = new Map<string, Wire>()

/**
 * Hears what happens in an organization until the returned function is called. However many parts of a page listen, the
 * page holds one stream; a hidden one holds none, and looks at everything when it is seen again.
 */
export function watchLive(organization: string, listener: Listener): () => void {
  const wire = wires.get(organization) ?? openWire(organization)
  wires.set(organization, wire)
  wire.listeners.add(listener)
  wire.look()
  // A page that was made while the stream was open already: what happened since then, nobody told it.
  if (performance.now() - wire.newsAtMs() < makingMs) queueMicrotask(() => listener({ topic: 'resync' }))
  return () => {
    wire.listeners.delete(listener)
    // The next page of the same organization goes on with the same stream.
    setTimeout(wire.look, lingerMs)
  }
}

function openWire(organization: string): Wire {
  const listeners = new Set<Listener>()
  let source: EventSource | null = null
  let failures = 0
  let isOver = false
  let newsAtMs = Number.NEGATIVE_INFINITY
  let retry: ReturnType<typeof setTimeout> | undefined
  let silence: ReturnType<typeof setTimeout> | undefined

  const tell = (event: LiveEvent) => {
    for (const listener of [...listeners]) listener(event)
  }

  const close = () => {
    clearTimeout(silence)
    clearTimeout(retry)
    retry = undefined
    source?.close()
    source = null
  }

  // Spread out, so that not everybody comes back at the same moment after a restart.
  const again = () => {
    close()
    const pauseMs = Math.min(longestPauseMs, firstPauseMs * 2 ** failures++) * (0.5 + Math.random())
    retry = setTimeout(() => {
      retry = undefined
      look()
    }, pauseMs)
  }

  const heard = () => {
    clearTimeout(silence)
    silence = setTimeout(again, silentMs)
  }

  const open = () => {
    source = new EventSource(`/api/live/${encodeURIComponent(organization)}`)
    source.onerror = again
    source.addEventListener('beat', heard)
    source.addEventListener('ready', () => {
      failures = 0
      heard()
      tell({ topic: 'resync' })
    })
    source.addEventListener('note', ({ data }: MessageEvent<string>) => {
      heard()
      newsAtMs = performance.now()
      tell({ topic: 'note', ...JSON.parse(data) })
    })
    source.addEventListener('end', () => {
      isOver = true
      close()
      tell({ topic: 'end' })
    })
    heard()
  }

  const look = () => {
    if (listeners.size === 0 || document.hidden || isOver) close()
    else if (!source && retry === undefined) open()
    if (listeners.size > 0) return
    document.removeEventListener('visibilitychange', look)
    if (wires.get(organization) === wire) wires.delete(organization)
  }

  document.addEventListener('visibilitychange', look)
  const wire = { listeners, look, newsAtMs: () => newsAtMs }
  return wire
}
