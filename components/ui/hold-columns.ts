/** Columns would be as wide as the rows that happen to be there: they stay as they are, until the returned function is called. */
export function holdColumns(table: HTMLTableElement | null | undefined): () => void {
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
