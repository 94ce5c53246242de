import {
  type FocusEvent,
  type KeyboardEvent,
  type RefObject,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'

/** So many rows cost nothing: they are all there, also before any script runs. */
const plainRows = 100
const beyondPx = 600
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
  const [, remeasured] = useState(0)
  const isVirtual = rows.length > plainRows
  const topsPx = isVirtual ? topsOf(rows, keyOf, heights.current, rowPx) : []

  const look = () => {
    if (!bodyRef.current || !isVirtual) return
    const startPx = bodyRef.current.getBoundingClientRect().top
    const first = rowAt(topsPx, -startPx - beyondPx)
    const end = rowAt(topsPx, window.innerHeight - startPx + beyondPx) + 1
    setSeen((before) => (before.first === first && before.end === end ? before : { first, end }))
  }
  const measure = () => {
    let isNew = false
    for (const row of bodyRef.current?.rows ?? []) {
      const { row: id } = row.dataset
      const { height } = row.getBoundingClientRect()
      if (id === undefined || Math.abs((heights.current.get(id) ?? 0) - height) < 0.5) continue
      heights.current.set(id, height)
      isNew = true
    }
    if (isNew && isVirtual) remeasured((times) => times + 1)
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
        const place = target instanceof HTMLElement && target.matches('[data-row-focus]') ? rowOf(target) : -1
        const next = nextPlace(key, place, rows.length)
        if (place < 0 || next === null || altKey || ctrlKey || metaKey || shiftKey) return
        event.preventDefault()
        const id = keyOf(rows[Math.min(rows.length - 1, Math.max(0, next))]!)
        toFocus.current = id
        setHeld(id)
        // Also where the row that is asked for is the one that has it.
        remeasured((times) => times + 1)
      },
    },
  }

  function rowOf(element: HTMLElement): number {
    return Number(element.closest('tr')?.getAttribute('aria-rowindex') ?? 1) - 2
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
    let gaps = 0
    for (const index of [...indices, rows.length]) {
      if (index > next) parts.push({ id: `gap ${gaps++}`, gapPx: topsPx[index]! - topsPx[next]! })
      if (index < rows.length) parts.push({ id: keyOf(rows[index]!), index })
      next = index + 1
    }
    return parts
  }
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

/** Columns would be as wide as the rows that happen to be there: they stay as they were. */
function holdColumns(table: HTMLTableElement | null | undefined): () => void {
  const heads = Array.from(table?.tHead?.rows[0]?.cells ?? [])
  const widths = heads.map((head) => head.getBoundingClientRect().width)
  const whole = widths.reduce((sum, width) => sum + width, 0)
  heads.forEach((head, place) => {
    if (widths[place]! > 0) head.style.width = `${(100 * widths[place]!) / whole}%`
  })
  if (table) table.style.tableLayout = 'fixed'
  return () => {
    for (const head of heads) head.style.width = ''
    if (table) table.style.tableLayout = ''
  }
}
