import {
  type FocusEvent,
  type KeyboardEvent,
  type RefObject,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import { holdColumns } from './hold-columns.ts'

/** So many rows cost nothing: they are all there, also before any script runs. */
const plainRows = 100
const beyondPx = 600
/** Rows come and go by so many, so that not every one that is scrolled past is work. */
const stepRows = 8
/** What a Page key passes. */
const pageRows = 10

type Part = { id: string; index: number } | { id: string; gapPx: number }

interface VirtualRows {
  bodyRef: RefObject<HTMLTableSectionElement | null>
  /** From top to bottom: rows, and gaps as high as those that are left out. */
  parts: Part[]
  handlers: {
    onFocus: (event: FocusEvent) => void
    onBlur: (event: FocusEvent) => void
    onKeyDown: (event: KeyboardEvent) => void
  }
}

/** Which rows of a long table are worth having in the document, while the window scrolls past it. */
export function useVirtualRows<Row>({
  rows,
  keyOf,
  rowPx,
}: {
  rows: readonly Row[]
  keyOf: (row: Row) => string
  rowPx: number
}): VirtualRows {
  const bodyRef = useRef<HTMLTableSectionElement>(null)
  const heights = useRef(new Map<string, number>())
  const toFocus = useRef<string | null>(null)
  const [seen, setSeen] = useState({ first: 0, end: plainRows })
  /** The row that the keyboard is in stays, wherever the window scrolls. */
  const [held, setHeld] = useState<string | null>(null)
  /** Counts what was measured other than was reckoned. */
  const [news, setNews] = useState(0)
  const [, renderAnew] = useState(0)
  const isVirtual = rows.length > plainRows
  const topsPx = useMemo(
    () => (isVirtual ? topsOf(rows, keyOf, heights.current, rowPx) : []),
    [isVirtual, rows, keyOf, rowPx, news],
  )

  const look = () => {
    if (!bodyRef.current || !isVirtual) return
    const startPx = bodyRef.current.getBoundingClientRect().top
    const first = stepDown(rowAt(topsPx, -startPx - beyondPx))
    const end = stepDown(rowAt(topsPx, window.innerHeight - startPx + beyondPx)) + stepRows
    setSeen((before) => (before.first === first && before.end === end ? before : { first, end }))
  }
  /** Rows that are as high as was reckoned are no news. */
  const measure = () => {
    let isNew = false
    for (const row of bodyRef.current?.rows ?? []) {
      const { row: id } = row.dataset
      if (id === undefined) continue
      const { height } = row.getBoundingClientRect()
      const index = rowOf(row)
      if (isVirtual && Math.abs(topsPx[index + 1]! - topsPx[index]! - height) > 0.5) isNew = true
      heights.current.set(id, height)
    }
    if (isNew) setNews((times) => times + 1)
  }
  const latest = useRef({ look, measure })

  useLayoutEffect(() => {
    latest.current = { look, measure }
    measure()
    look()
    if (toFocus.current === null) return
    const row = Array.from(bodyRef.current?.rows ?? []).find(({ dataset }) => dataset.row === toFocus.current)
    toFocus.current = null
    row?.querySelector<HTMLElement>('[data-row-focus]')?.focus({ preventScroll: true })
    row?.scrollIntoView({ block: 'nearest' })
  })

  useEffect(() => {
    const onScroll = () => latest.current.look()
    window.addEventListener('scroll', onScroll, { passive: true })
    window.addEventListener('resize', onScroll)
    // A row that is unfolded grows without being rendered anew.
    const sizes = new ResizeObserver(() => latest.current.measure())
    if (bodyRef.current) sizes.observe(bodyRef.current)
    return () => {
      window.removeEventListener('scroll', onScroll)
      window.removeEventListener('resize', onScroll)
      sizes.disconnect()
    }
  }, [])

  useLayoutEffect(() => (isVirtual ? holdColumns(bodyRef.current?.closest('table')) : undefined), [isVirtual])

  return {
    bodyRef,
    parts: partsOf(),
    handlers: {
      onFocus: ({ target }) => setHeld(target.closest<HTMLElement>('[data-row]')?.dataset.row ?? null),
      onBlur: () => setHeld(null),
      onKeyDown(event) {
        const { target, key, altKey, ctrlKey, metaKey, shiftKey } = event
        const row = target instanceof HTMLElement && target.matches('[data-row-focus]') ? target.closest('tr') : null
        const next = row && nextPlace(key, rowOf(row), rows.length)
        if (next === null || altKey || ctrlKey || metaKey || shiftKey) return
        event.preventDefault()
        const id = keyOf(rows[Math.min(rows.length - 1, Math.max(0, next))]!)
        toFocus.current = id
        setHeld(id)
        // Also where the row that is asked for is the one that has it.
        renderAnew((times) => times + 1)
      },
    },
  }

  function partsOf(): Part[] {
    if (!isVirtual) return rows.map((row, index) => ({ id: keyOf(row), index }))
    const end = Math.min(seen.end, rows.length)
    const first = Math.min(seen.first, end)
    const indices = Array.from({ length: end - first }, (_, place) => first + place)
    const heldIndex = held === null ? -1 : rows.findIndex((row) => keyOf(row) === held)
    if (heldIndex >= 0 && heldIndex < first) indices.unshift(heldIndex)
    if (heldIndex >= end) indices.push(heldIndex)
    const parts: Part[] = []
    let next = 0
    // Named so that none ever changes places with a row: one that has the keyboard and is moved loses it, and React gives
    // it back by scrolling there.
    const between = heldIndex < first ? 'gap below the held one' : 'gap above the held one'
    for (const index of [...indices, rows.length]) {
      const id = index === rows.length ? 'last gap' : index === indices[0] ? 'first gap' : between
      if (index > next) parts.push({ id, gapPx: topsPx[index]! - topsPx[next]! })
      if (index < rows.length) parts.push({ id: keyOf(rows[index]!), index })
      next = index + 1
    }
    return parts
  }
}

/** The header is the first row. */
function rowOf(row: HTMLTableRowElement): number {
  return Number(row.getAttribute('aria-rowindex')) - 2
}

function stepDown(row: number): number {
  return row - (row % stepRows)
}

/** Where each row begins below the first, and after them where the last one ends. What was not seen is as high as others are. */
function topsOf<Row>(
  rows: readonly Row[],
  keyOf: (row: Row) => string,
  heights: ReadonlyMap<string, number>,
  rowPx: number,
): number[] {
  let sumPx = 0
  for (const height of heights.values()) sumPx += height
  const usualPx = heights.size > 0 ? sumPx / heights.size : rowPx
  const tops = [0]
  for (const row of rows) tops.push(tops.at(-1)! + (heights.get(keyOf(row)) ?? usualPx))
  return tops
}

/** The row at a height; the first or last one beyond the ends. */
function rowAt(topsPx: readonly number[], px: number): number {
  let low = 0
  let high = Math.max(0, topsPx.length - 2)
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (topsPx[middle]! <= px) low = middle
    else high = middle - 1
  }
  return low
}

function nextPlace(key: string, place: number, count: number): number | null {
  switch (key) {
    case 'ArrowDown':
      return place + 1
    case 'ArrowUp':
      return place - 1
    case 'PageDown':
      return place + pageRows
    case 'PageUp':
      return place - pageRows
    case 'Home':
      return 0
    case 'End':
      return count - 1
    default:
      return null
  }
}
