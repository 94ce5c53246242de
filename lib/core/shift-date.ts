const msPerDay = 86_400_000

/** The calendar day so many days later: ("2026-11-24", 7) → "2026-12-01". */
export function shiftDate(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * msPerDay).toISOString().slice(0, 10)
}
