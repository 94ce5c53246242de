import { watchLive } from '../live/watch-live.ts'
import { fetchRows } from '../ui/fetch-rows.ts'
import type { RequestsPage } from './request-rows.ts'

/** While requests do not stop coming they are fetched this often, and never more than a fifth of the time. */
const leastGapMs = 1_000
const gapPerTaken = 4
const firstFailedGapMs = 2_000
const longestFailedGapMs = 60_000
/** In one address. */
const mostNamed = 100

interface WatchRequestsOptions {
  /** By the name in its URL. */
  organization: string
  /** With the filter. */
  rowsHref: string
  /** Those that ended and the filter finds. */
  onArrived: (page: RequestsPage) => void
  /** The newest that the filter finds: some that ended were not told of. */
  onNewest: (page: RequestsPage) => void
  /** This person may no longer look. */
  onEnd: () => void
}

interface RequestWatch {
  /** Fetches the newest, whatever is told. */
  lookAtAll: () => void
  leave: () => void
}

/** Fetches requests as they end. */
export function watchRequests({
  organization,
  rowsHref,
  onArrived,
  onNewest,
  onEnd,
}: WatchRequestsOptions): RequestWatch {
  /** To be fetched; null: whatever is newest. */
  let ids: string[] | null = []
  let timer: ReturnType<typeof setTimeout> | undefined
  let nextAtMs = 0
  let failures = 0
  let isFetching = false
  let isOver = false

  const fetchNews = async () => {
    const asked = ids
    ids = []
    isFetching = true
    const begunMs = performance.now()
    try {
      const page = await fetchRows<RequestsPage>(rowsHref, asked ? { ids: asked.join(',') } : {})
      failures = 0
      if (isOver) return
      if (asked) onArrived(page)
      else onNewest(page)
    } catch {
      failures += 1
      ids = null
    } finally {
      isFetching = false
    }
    const endedMs = performance.now()
    const gapMs =
      failures === 0
        ? Math.max(leastGapMs, gapPerTaken * (endedMs - begunMs))
        : Math.min(longestFailedGapMs, firstFailedGapMs * 2 ** (failures - 1))
    nextAtMs = endedMs + gapMs
    soon()
  }

  const soon = () => {
    clearTimeout(timer)
    // A page that is hidden has no stream, and looks at everything when it has one again.
    if (isFetching || isOver || document.hidden || ids?.length === 0) return
    timer = setTimeout(() => void fetchNews(), nextAtMs - performance.now())
  }

  const want = (more: string[] | null) => {
    ids = ids === null || more === null || ids.length + more.length > mostNamed ? null : [...ids, ...more]
    soon()
  }

  const unwatch = watchLive(organization, (event) => {
    if (event.topic === 'end') onEnd()
    else if (event.topic === 'resync') want(null)
    else if (event.requests !== undefined) want(event.requests)
  })

  return {
    lookAtAll: () => want(null),
    leave() {
      isOver = true
      clearTimeout(timer)
      unwatch()
    },
  }
}
