/** A part of a list, as its route hands it out. */
export interface RowsPage<Row> {
  rows: Row[]
  nextCursor: string | null
}

/** Reads a part of a list. Throws whenever that is not what came: signed out, for one, leads to a page. */
export async function fetchRows<Page extends RowsPage<unknown>>(
  href: string,
  params: Record<string, string>,
): Promise<Page> {
  const url = new URL(href, window.location.href)
  for (const [name, value] of Object.entries(params)) url.searchParams.set(name, value)
  const answer = await fetch(url, { headers: { accept: 'application/json' } })
  if (!answer.ok || answer.redirected) throw new Error(`The list answered ${answer.status}.`)
  return (await answer.json()) as Page
}
