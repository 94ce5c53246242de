import { WalletMinimal } from 'lucide-react'
import type { Metadata } from 'next'
import { getFormatter, getTranslations } from 'next-intl/server'
import { SpendChart } from '#components/charts/spend-chart.tsx'
import { RecentRequests } from '#components/keys/recent-requests.tsx'
import { LiveRefresh } from '#components/live/live-refresh.tsx'
import { MyKey } from '#components/me/my-key.tsx'
import { Money } from '#components/money.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { Section } from '#components/ui/section.tsx'
import type { AskView } from '#lib/budgets/ask-view.ts'
import { listAsks } from '#lib/budgets/list-asks.ts'
import { formatUsd } from '#lib/core/money.ts'
import { listCallableModels } from '#lib/keys/list-callable-models.ts'
import { listKeys } from '#lib/keys/list-keys.ts'
import { listRequests } from '#lib/requests/list-requests.ts'
import type { RequestView } from '#lib/requests/request-view.ts'
import { summarizeUsage } from '#lib/usage/summarize-usage.ts'
import { askFactsOf } from '../ask-facts-of.ts'
import { ConsoleShell } from '../console-shell.tsx'
import { gatewayBaseUrl } from '../gateway-base-url.ts'
import { keyFactsOf } from '../key-facts-of.ts'
import { recentRequestOf } from '../recent-request-of.ts'
import { readSpendChart } from '../usage/read-spend-chart.ts'
import { usageWindow } from '../usage/usage-window.ts'
import { askForMoreAction } from './ask-for-more-action.ts'
import { chooseMember } from './choose-member.ts'

interface MyPageProps {
  searchParams: Promise<{ organization?: string }>
}

const requestCount = 8
const shownMs = 30 * 86_400_000

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('me'))('title') }
}

/** What somebody holds: it shows to everybody, whatever their role, and also when nothing is left. */
export default async function MyPage({ searchParams }: MyPageProps) {
  const { organization } = await searchParams
  const [member, t, tChart, format] = await Promise.all([
    chooseMember(organization),
    getTranslations('me'),
    getTranslations('ui.chart'),
    getFormatter(),
  ])
  const { membershipId } = member
  const window = usageWindow('30d', member.organization.timeZone)
  const [{ rows }, { totals }, chart, requests, asks, baseUrl] = await Promise.all([
    listKeys(member, { membershipId, limit: 100 }),
    summarizeUsage(member, { from: window.from, to: window.to, membershipId }),
    readSpendChart(member, window, 'model', { other: tChart('other'), removed: '—' }, { membershipId }),
    listRequests(member, { membershipId, limit: requestCount }),
    listAsks(member, { membershipId }),
    gatewayBaseUrl(),
  ])
  const keys = await Promise.all(
    rows
      .filter(({ status }) => status !== 'revoked')
      .map(async (key) => ({ facts: keyFactsOf(key), models: await listCallableModels(member, key.id) })),
  )
  return (
    <ConsoleShell member={member} place="mine">
      <div className="grid max-w-3xl grid-cols-1 gap-10">
        <LiveRefresh organization={member.organization.slug} />
        <PageHeader title={t('title')} description={t('description', { organization: member.organization.name })} />
        {keys.length > 0 ? (
          keys.map(({ facts, models }) => {
            const last = newestOf(asks.filter(({ keyId }) => keyId === facts.id))
            return (
              <MyKey
                key={facts.id}
                facts={facts}
                models={models}
                baseUrl={baseUrl}
                lastAsk={last && askFactsOf(last)}
                isShort={isShort(facts.id, requests.rows, last)}
                ask={askForMoreAction.bind(null, member.organization.slug)}
              />
            )
          })
        ) : (
          <EmptyState icon={<WalletMinimal />} title={t('empty.title')} description={t('empty.description')} />
        )}
        {rows.length > 0 ? (
          <>
            <Section
              title={t('usage.title')}
              description={
                <>
                  {t('spentThisMonth')}: <Money usd={formatUsd(totals.costNanos)} /> ·{' '}
                  {t('requests.count', { count: format.number(totals.requests) })}
                </>
              }
            >
              <SpendChart {...chart} label={t('usage.label')} heightPx={200} />
            </Section>
            <Section title={t('requests.title')}>
              <RecentRequests
                requests={requests.rows.map((request) =>
                  recentRequestOf(request, `/${member.organization.slug}/requests?request=${request.id}`),
                )}
                empty={{ title: t('requests.empty'), description: t('requests.emptyDescription') }}
              />
            </Section>
          </>
        ) : null}
      </div>
    </ConsoleShell>
  )
}

/** Its newest call was refused for want of money, and nobody has granted more since. */
function isShort(keyId: string, requests: RequestView[], ask: AskView | null): boolean {
  const newest = requests.find((request) => request.keyId === keyId)
  if (newest?.status !== 402) return false
  return !(ask?.status === 'approved' && ask.decidedAt && ask.decidedAt > newest.createdAt)
}

/** Answers of the last month; older ones say nothing any more. */
function newestOf(asks: AskView[]): AskView | null {
  const newest = asks.toSorted((a, b) => b.createdAt.getTime() - a.createdAt.getTime())[0]
  return newest && newest.createdAt.getTime() > Date.now() - shownMs ? newest : null
}
