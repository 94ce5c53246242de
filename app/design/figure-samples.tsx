import { getTranslations } from 'next-intl/server'
import { BarList } from '#components/charts/bar-list.tsx'
import { SpendChart } from '#components/charts/spend-chart.tsx'
import { Money } from '#components/money.tsx'
import { ParamSwitch } from '#components/ui/param-switch.tsx'
import { Section } from '#components/ui/section.tsx'
import { SpendBar } from '#components/ui/spend-bar.tsx'
import { StatRow, StatTile } from '#components/ui/stat-tile.tsx'
import { Time } from '#components/ui/time.tsx'
import { sampleChart, sampleTrend } from './sample-data.ts'
import type { SampleText } from './sample-text.ts'

export async function FigureSamples({ text }: { text: SampleText }) {
  const t = await getTranslations('ui.chart')
  const days = sampleChart('day', 21, t('other'))
  const hours = sampleChart('hour', 48, t('other'))
  const few = { ...hours, series: hours.series.slice(0, 3) }
  return (
    <>
      <StatRow>
        <StatTile
          label={text.spend}
          value={<Money usd="1284.512345" />}
          delta={0.124}
          good="down"
          trend={sampleTrend}
        />
        <StatTile label={text.requests} value="48,210" delta={-0.031} trend={sampleTrend.toReversed()} />
        <StatTile label={text.tokens} value="31.4M" delta={null} />
        <StatTile label={text.errorRate} value="0.42%" delta={-0.28} good="down" note={text.resetsIn} />
      </StatRow>
      <Section title={text.charts}>
        <SpendChart
          {...days}
          interval="day"
          label={text.spendByModel}
          controls={
            <ParamSwitch
              param="by"
              label={text.charts}
              fallback="model"
              options={[
                { value: 'model', label: text.models },
                { value: 'key', label: text.nav.keys },
                { value: 'member', label: text.nav.members },
                { value: 'project', label: text.nav.projects },
              ]}
            />
          }
        />
      </Section>
      <div className="grid grid-cols-1 gap-x-12 gap-y-14 lg:grid-cols-2">
        <Section title={text.topKeys}>
          <BarList
            label={text.topKeys}
            empty={text.emptyTitle}
            items={[
              { id: '1', label: 'thesis-lin', detail: text.project, usd: '412.901234', href: '/design' },
              { id: '2', label: 'agent-benchmark', detail: text.project, usd: '288.1', href: '/design' },
              { id: '3', label: 'reading-group', usd: '96.44', href: '/design' },
              { id: '4', label: 'ci', usd: '12.35', href: '/design' },
              { id: '5', label: 'class-2026-autumn-student-with-a-very-long-name', usd: '0.000412', href: '/design' },
            ]}
          />
        </Section>
        <Section title={text.money}>
          <div className="grid gap-5">
            <SpendBar layout="detail" spentUsd="412.901234" reservedUsd="38.2" limitUsd="500" />
            <SpendBar spentUsd="81.2" reservedUsd="3.1" limitUsd="100" />
            <SpendBar spentUsd="4.98" reservedUsd="0" limitUsd="5" />
            <SpendBar spentUsd="0.0042" limitUsd="20" />
            <SpendBar spentUsd="12.35" limitUsd={null} />
            <p className="flex flex-wrap gap-x-6 gap-y-1 text-muted text-sm">
              <Money usd="12.345678" />
              <Money usd="0.000412" />
              <Money usd="0" />
              <Money usd="0.0000375" style="exact" />
              <Money usd="1234567.891" />
              <Money usd={null} />
              <Time at={new Date(Date.now() - 180_000).toISOString()} />
              <Time at="2026-11-24T06:32:10Z" format="datetime" />
              <Time at="2026-11-24T06:32:10Z" format="date" />
              <Time at={null} />
            </p>
          </div>
        </Section>
        <Section title={`${text.charts} · 2`}>
          <SpendChart {...few} interval="hour" label={text.spendByModel} heightPx={180} />
        </Section>
        <Section title={`${text.charts} · 3`}>
          <SpendChart series={[]} buckets={[]} total="0" interval="hour" label={text.spendByModel} heightPx={180} />
        </Section>
      </div>
    </>
  )
}
