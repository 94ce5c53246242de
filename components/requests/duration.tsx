import { useFormatter } from 'next-intl'

/** Milliseconds as people read them: "320 ms", "4.21 s". Null is "—". */
export function Duration({ ms }: { ms: number | null }) {
  const format = useFormatter()
  if (ms === null) return <span className="text-faint">—</span>
  return (
    <span className="whitespace-nowrap">
      {ms < 1000
        ? format.number(ms, { style: 'unit', unit: 'millisecond', unitDisplay: 'short' })
        : format.number(ms / 1000, {
            style: 'unit',
            unit: 'second',
            unitDisplay: 'narrow',
            maximumFractionDigits: ms < 10_000 ? 2 : 1,
          })}
    </span>
  )
}
