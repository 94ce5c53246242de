/** The same event with other data: its name, its id and whatever else stood beside them stay. */
export function replaceData(event: Uint8Array, data: unknown): string {
  const text = Buffer.from(event.buffer, event.byteOffset, event.byteLength).toString('utf8')
  const others = text.split(/\r\n|\n|\r/).filter((line) => line !== '' && !/^data(?::|$)/.test(line))
  return [...others, `data: ${JSON.stringify(data)}`, '', ''].join('\n')
}
