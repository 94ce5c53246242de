import { useFormatter, useTranslations } from 'next-intl'
import { displayUsd } from '../display-usd.ts'

export interface HeatmapFacts {
  /** 1 is Monday, 7 is Sunday. */
  weekday: number
  hour: number
  requests: number
  usd: string
}

interface HeatmapProps {
  label: string
  cells: readonly HeatmapFacts[]
}

const weekdays = [1, 2, 3, 4, 5, 6, 7]
const hours = Array.from({ length: 24 }, (_, hour) => hour)
/** A Monday, of which only the name is used. */
const mondayMs = Date.UTC(2024, 0, 1)
const dayMs = 86_400_000
/** The faintest that still stands out from an empty hour, in percent. */
const faintest = 14

/** When in the week the money goes. A table, so that it can be read cell by cell; depth of colour is the amount. */
export function Heatmap({ label, cells }: HeatmapProps) {
  const t = useTranslations('overview.heatmap')
  const format = useFormatter()
  const cellAt = new Map(cells.map((cell) => [cell.weekday * 24 + cell.hour, cell]))
  const most = Math.max(...cells.map(({ usd }) => Number(usd)), 0)
  const nameOf = (weekday: number) =>
    format.dateTime(new Date(mondayMs + (weekday - 1) * dayMs), { weekday: 'short', timeZone: 'UTC' })
  return (
    <table className="w-full table-fixed border-separate border-spacing-px text-[0.6875rem] text-muted tabular-nums sm:border-spacing-0.5">
      <caption className="sr-only">{label}</caption>
      <colgroup>
        <col className="w-9" />
      </colgroup>
      <tbody>
        {weekdays.map((weekday) => (
          <tr key={weekday}>
            <th scope="row" className="pr-2 text-left font-normal">
              {nameOf(weekday)}
            </th>
            {hours.map((hour) => {
              const cell = cellAt.get(weekday * 24 + hour)
              const text = t('cell', {
                day: nameOf(weekday),
                hour: `${String(hour).padStart(2, '0')}:00`,
                spend: displayUsd(cell?.usd ?? '0'),
                requests: cell?.requests ?? 0,
              })
              return (
                <td
                  key={hour}
                  title={text}
                  className="h-5 rounded-xs bg-selected/60 p-0"
                  style={cell ? { background: shade(Number(cell.usd), most) } : undefined}
                >
                  <span className="sr-only">{text}</span>
                </td>
              )
            })}
          </tr>
        ))}
      </tbody>
      <tfoot aria-hidden="true">
        <tr>
          <td />
          {hours.map((hour) => (
            <td key={hour} className="pt-0.5 text-left">
              {hour % 6 === 0 ? (
                <span className="block w-0 whitespace-nowrap">{String(hour).padStart(2, '0')}</span>
              ) : null}
            </td>
          ))}
        </tr>
      </tfoot>
    </table>
  )
}

/** By the root, so that quiet hours differ from each other beside one loud one. */
function shade(amount: number, most: number): string {
  const part = most > 0 ? Math.sqrt(amount / most) : 0
  return `color-mix(in oklab, var(--accent) ${Math.round(faintest + (100 - faintest) * part)}%, var(--background))`
}
