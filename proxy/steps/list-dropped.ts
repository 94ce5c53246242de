/** What a client's reader of headers surely takes. */
const mostBytes = 4_000

/** The fields that were left out, as a header; when they are very many, how many more there are. */
export function listDropped(fields: readonly string[]): string {
  let list = ''
  for (const [index, field] of fields.entries()) {
    const name = asHeader(field)
    if (list.length + name.length > mostBytes) return `${list}, and ${fields.length - index} more`
    list += index === 0 ? name : `, ${name}`
  }
  return list
}

/** Fields may be called anything. */
function asHeader(name: string): string {
  return name.length > 200 || !/^[\x21-\x2b\x2d-\x7e ]*$/.test(name)
    ? encodeURIComponent(name.toWellFormed()).slice(0, 200)
    : name
}
