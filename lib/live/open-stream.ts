import type { Member } from '../auth/member.ts'
import { roleMay } from '../auth/permissions.ts'
import type { LiveNote } from './live-note.ts'
import type { LiveHub } from './open-hub.ts'

const beatMs = 15_000
/** Of requests, by id, while a reader is slow; beyond that it looks for itself. */
const mostNamed = 500

/** What waits for the reader: as much as one message, however slow it is. */
interface Pending {
  ready: boolean
  /** Undefined: none ended. Null: too many to name. */
  requests: string[] | null | undefined
  changes: boolean
  health: boolean
}

const nothing = (): Pending => ({ ready: false, requests: undefined, changes: false, health: false })

interface StreamOptions {
  hub: Pick<LiveHub, 'listen'>
  member: Member & { userId: string }
  /** The same person asked of the database again; null: no longer of the organization, or signed out. */
  findAgain(): Promise<Member | null>
  /** The reader has gone. */
  signal: AbortSignal
  /** Between two signs of life. */
  everyMs?: number
}

/**
 * Server-sent events for one open page: `ready` (from here on nothing is missed), `note` (what happened), `beat` (still
 * there) and `end` (no longer yours). A reader that does not keep up finds one message that says all, not a queue. Null:
 * this person has enough of them open.
 */
export function openStream({
  hub,
  member,
  findAgain,
  signal,
  everyMs = beatMs,
}: StreamOptions): ReadableStream<Uint8Array> | null {
  const encoder = new TextEncoder()
  let viewer = member as Member
  let pending = nothing()
  let isChecking = false
  let isOver = false
  let controller: ReadableStreamDefaultController<Uint8Array>
  let beats: NodeJS.Timeout

  const send = (event: string, data: object = {}): void => {
    controller.enqueue(encoder.encode(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`))
  }

  /** Hands on what waits, once the reader has taken what it got and is known to be still of the organization. */
  const pass = (): void => {
    if (isOver || isChecking || (controller.desiredSize ?? 0) <= 0) return
    const { ready, ...note } = pending
    const isNews = note.requests !== undefined || note.changes || note.health
    if (!ready && !isNews) return
    pending = nothing()
    // Whoever begins looks at everything anyway.
    if (ready) send('ready')
    else send('note', note)
  }

  const finish = (): void => {
    if (isOver) return
    isOver = true
    clearInterval(beats)
    leave?.()
  }

  const close = (): void => {
    if (isOver) return
    finish()
    controller.close()
  }

  /** Whoever may no longer look is told so, and nothing else. */
  const check = async (): Promise<void> => {
    if (isChecking || isOver) return
    isChecking = true
    try {
      const again = await findAgain()
      if (isOver) return
      if (!again) {
        send('end')
        return close()
      }
      viewer = again
    } catch {
      // The database is away: there is no news either.
    } finally {
      isChecking = false
    }
    pass()
  }

  const onNote = (note: LiveNote): void => {
    if (note.topic === 'requests') {
      const ids = idsFor(viewer, note.ended)
      if (ids?.length === 0) return
      pending.requests = joined(pending.requests, ids)
    } else if (note.topic === 'health') {
      if (!roleMay(viewer.role, 'providers.read')) return
      pending.health = true
    } else {
      pending.changes = true
      // A change may be the end of this very membership.
      void check()
    }
    pass()
  }

  const stream = new ReadableStream<Uint8Array>({
    start(own) {
      controller = own
    },
    pull: pass,
    cancel: finish,
  })
  const leave = hub.listen(member.organizationId, {
    userId: member.userId,
    onReady() {
      pending.ready = true
      pass()
    },
    onNote,
    onClose: close,
  })
  if (!leave) return null
  signal.addEventListener('abort', close, { once: true })
  beats = setInterval(() => {
    if ((controller.desiredSize ?? 0) > 0) send('beat')
    void check()
  }, everyMs).unref()
  return stream
}

/** Who may not read all requests hears of those of the own keys. */
function idsFor(viewer: Member, ended: Record<string, string[]> | null): string[] | null {
  if (!ended) return null
  return roleMay(viewer.role, 'requests.read') ? Object.values(ended).flat() : (ended[viewer.membershipId ?? ''] ?? [])
}

function joined(before: string[] | null | undefined, more: string[] | null): string[] | null {
  if (before === null || more === null) return null
  const all = [...(before ?? []), ...more]
  return all.length > mostNamed ? null : all
}
