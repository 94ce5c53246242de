const formats = new Map<string, Intl.DateTimeFormat>()

/** The calendar day of a moment as people in this time zone write it: "2026-11-24". */
export function localDateOf(moment: Date, timeZone: string): string {
  const format =
    formats.get(timeZone) ??
    new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' })
  formats.set(timeZone, format)
  return format.format(moment)
}
