import { useRouter } from 'next/navigation'
import { type RefObject, useEffect, useRef, useState } from 'react'
import { watchLive } from '../live/watch-live.ts'
import { fetchRows, type RowsPage } from '../ui/fetch-rows.ts'
import type { ListState } from '../ui/list-end.tsx'
import type { RequestFacts } from './request-facts.ts'
import {
  beginRows,
  type RequestRows,
  type RequestsPage,
  withArrived,
  withNewest,
  withOlder,
  withWaiting,
} from './request-rows.ts'

/** While requests do not stop coming they are fetched this often, and never more than a fifth of the time. */
const leastGapMs = 1_000
const gapPerTaken = 4
const failedGapMs = 5_000
/** A list that stood open for hours begins anew. */
const mostRows = 2_000
/** In one address. */
const mostNamed = 100

interface RequestTail {
  list: RequestRows
  isOn: boolean
  setOn: (isOn: boolean) => void
  /** Stands right above the rows: while it is seen, new rows come in on top. */
  topRef: RefObject<HTMLDivElement | null>
  /** Shows what waits. */
  showWaiting: () => void
  state: ListState
  loadMore: () => void
}

/** The list of requests while it is read: further ones at its end, and new ones on top, as the stream tells of them. */
export function useRequestTail(options: {
  organization: string
  first: RequestsPage
  /** With the filter. */
  rowsHref: string
  /** false: the list begins somewhere in the past, where nothing comes. */
  isTail: boolean
}): RequestTail {
  const { organization, first, rowsHref, isTail } = options
  const router = useRouter()
  const [list, setList] = useState(() => beginRows(first))
  const [isOn, setOn] = useState(isTail)
  const [older, setOlder] = useState<'idle' | 'loading' | 'failed'>('idle')
  const isBusy = useRef(false)
  const topRef = useRef<HTMLDivElement>(null)
  const isAtTop = useRef(true)
  const isGapped = useRef(false)
  const lookAtAll = useRef(() => {})
  const wasOff = useRef(false)

  useEffect(() => {
    if (!isOn) {
      wasOff.current = true
      return
    }
    /** Null: whatever is new. */
    let ids: string[] | null = wasOff.current ? null : []
    let timer: ReturnType<typeof setTimeout> | undefined
    let nextAtMs = 0
    let isFetching = false
    let isOver = false
    const fetchNews = async () => {
      const asked = ids
      ids = []
      isFetching = true
      const begunMs = performance.now()
      let gapMs = leastGapMs
      try {
        const page = await fetchRows<RequestsPage>(rowsHref, asked ? { ids: asked.join(',') } : {})
        if (isOver) return
        setList((now) => {
          const next = asked ? withArrived(now, page, isAtTop.current) : withNewest(now, page, isAtTop.current)
          if (next.rows.length > mostRows && isAtTop.current && !asked) return beginRows(page)
          return next
        })
      } catch {
        ids = null
        gapMs = failedGapMs
      }
      isFetching = false
      const endedMs = performance.now()
      nextAtMs = endedMs + Math.max(gapMs, gapPerTaken * (endedMs - begunMs))
      soon()
    }
    const soon = () => {
      if (isFetching || isOver || ids?.length === 0) return
      clearTimeout(timer)
      timer = setTimeout(() => void fetchNews(), nextAtMs - performance.now())
    }
    const want = (more: string[] | null) => {
      ids = ids === null || more === null || ids.length + more.length > mostNamed ? null : [...ids, ...more]
      soon()
    }
    lookAtAll.current = () => want(null)
    soon()
    const unwatch = watchLive(organization, (event) => {
      // Whoever is no longer of the organization is told so by the server.
      if (event.topic === 'end') router.refresh()
      else if (event.topic === 'resync') want(null)
      else if (event.requests !== undefined) want(event.requests)
    })
    return () => {
      isOver = true
      clearTimeout(timer)
      unwatch()
      lookAtAll.current = () => {}
    }
  }, [isOn, organization, rowsHref, router])

  useEffect(() => {
    if (!topRef.current) return
    const seen = new IntersectionObserver(([entry]) => {
      isAtTop.current = entry?.isIntersecting ?? true
      if (!isAtTop.current) return
      setList(withWaiting)
      if (isGapped.current) lookAtAll.current()
    })
    seen.observe(topRef.current)
    return () => seen.disconnect()
  }, [])

  useEffect(() => {
    isGapped.current = list.isGapped
    if (list.latest.size > 0 && list.rows.length > mostRows && isAtTop.current) lookAtAll.current()
  }, [list])

  const loadMore = async () => {
    const { nextCursor } = list
    if (isBusy.current || nextCursor === null) return
    isBusy.current = true
    setOlder('loading')
    try {
      const page = await fetchRows<RowsPage<RequestFacts>>(rowsHref, { cursor: nextCursor })
      setList((now) => withOlder(now, nextCursor, page))
      setOlder('idle')
    } catch {
      setOlder('failed')
    } finally {
      isBusy.current = false
    }
  }

  return {
    list,
    isOn,
    setOn,
    topRef,
    showWaiting() {
      window.scrollTo({ top: 0 })
      setList(withWaiting)
    },
    state: older === 'idle' ? (list.nextCursor === null ? 'whole' : 'more') : older,
    loadMore: () => void loadMore(),
  }
}
