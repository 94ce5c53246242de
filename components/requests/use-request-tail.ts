import { useRouter } from 'next/navigation'
import { type RefObject, useEffect, useRef, useState } from 'react'
import type { ListState } from '../ui/list-end.tsx'
import { useOlderRows } from '../ui/use-older-rows.ts'
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
import { watchRequests } from './watch-requests.ts'

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

/** The list of requests while it is read: further ones at its end, and new ones on top as they end. */
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
  const topRef = useRef<HTMLDivElement>(null)
  const isAtTop = useRef(true)
  const lookAtAll = useRef(() => {})
  const wasOff = useRef(false)

  useEffect(() => {
    if (!isOn) {
      wasOff.current = true
      return
    }
    const watch = watchRequests({
      organization,
      rowsHref,
      onArrived: (page) => setList((now) => withArrived(now, page, isAtTop.current)),
      onNewest: (page) => setList((now) => withNewest(now, page, isAtTop.current)),
      // The server says so.
      onEnd: () => router.refresh(),
    })
    // The stream may have been open for another part of the page, and tells only what is to come.
    if (wasOff.current) watch.lookAtAll()
    lookAtAll.current = watch.lookAtAll
    return () => {
      lookAtAll.current = () => {}
      watch.leave()
    }
  }, [isOn, organization, rowsHref, router])

  useEffect(() => {
    if (!topRef.current) return
    const seen = new IntersectionObserver((entries) => {
      isAtTop.current = entries.at(-1)?.isIntersecting ?? true
      // A list that is stale is a new one to the effect below.
      if (isAtTop.current) setList((now) => (now.isStale ? { ...withWaiting(now) } : withWaiting(now)))
    })
    seen.observe(topRef.current)
    return () => seen.disconnect()
  }, [])

  useEffect(() => {
    if (list.isStale && isAtTop.current) lookAtAll.current()
  }, [list])

  const { state, loadMore } = useOlderRows<RequestFacts>(rowsHref, list.nextCursor, (cursor, page) =>
    setList((now) => withOlder(now, cursor, page)),
  )

  return {
    list,
    isOn,
    setOn,
    topRef,
    showWaiting() {
      window.scrollTo({ top: 0 })
      setList(withWaiting)
    },
    state,
    loadMore,
  }
}
