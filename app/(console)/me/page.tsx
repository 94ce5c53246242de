import type { Metadata } from 'next'
import { getFormatter, getTranslations } from 'next-intl/server'
import { SpendChart } from '#components/charts/spend-chart.tsx'
import { keySnippets } from '#components/keys/key-snippets.ts'
import { RecentRequests } from '#components/keys/recent-requests.tsx'
import { LiveRefresh } from '#components/live/live-refresh.tsx'
import { MyKey, type ShortCall } from '#components/me/my-key.tsx'
import { NoKeyGuide } from '#components/me/no-key-guide.tsx'
import { Money } from '#components/money.tsx'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { CodeBlock } from '#components/ui/code-block.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { Section } from '#components/ui/section.tsx'
import type { SignedInMember } from '#lib/auth/find-member.ts'
import { roleMay } from '#lib/auth/permissions.ts'
import type { AskView } from '#lib/budgets/ask-view.ts'
import { listAsks } from '#lib/budgets/list-asks.ts'
import { formatUsd } from '#lib/core/money.ts'
import { listCallableModels } from '#lib/keys/list-callable-models.ts'
import { listKeys } from '#lib/keys/list-keys.ts'
import { listKeyMakers } from '#lib/members/list-key-makers.ts'
import { listModels } from '#lib/models/list-models.ts'
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
                short={shortOf(facts.id, requests.rows, last, member.organization.slug)}
                helpHref={`/${member.organization.slug}/help`}
                ask={askForMoreAction.bind(null, member.organization.slug)}
              />
            )
          })
        ) : (
          <NoKeys member={member} baseUrl={baseUrl} />
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

/** Its newest call was refused for want of money, and nobody has granted more since: that call. Else null. */
function shortOf(keyId: string, requests: RequestView[], ask: AskView | null, slug: string): ShortCall | null {
  const newest = requests.find((request) => request.keyId === keyId)
  if (newest?.status !== 402) return null
  if (ask?.status === 'approved' && ask.decidedAt && ask.decidedAt > newest.createdAt) return null
  return { model: newest.model, href: `/${slug}/requests?request=${newest.id}` }
}

/** In place of keys: how to come by one, and what the first call will look like. */
async function NoKeys({ member, baseUrl }: { member: SignedInMember; baseUrl: string }) {
  const [t, snippets, people, models] = await Promise.all([
    getTranslations('me.guide'),
    getTranslations('me.snippets'),
    listKeyMakers(member),
    listModels(member),
  ])
  const { slug, name } = member.organization
  const model = (models.find(({ priced }) => priced) ?? models[0])?.name ?? 'gpt-4o'
  return (
    <>
      <NoKeyGuide
        organization={name}
        people={people}
        modelsHref={`/${slug}/models`}
        helpHref={`/${slug}/help`}
        action={
          roleMay(member.role, 'keys.change') ? (
            <ButtonLink variant="primary" href={`/${slug}/keys/new`}>
              {t('make.button')}
            </ButtonLink>
          ) : undefined
        }
      />
      <Section title={t('quickStart.title')} description={t('quickStart.description')}>
        <CodeBlock
          label={t('quickStart.title')}
          samples={keySnippets({ baseUrl, model, secret: null, prompt: snippets('prompt') })}
        />
      </Section>
    </>
  )
}

/** Answers of the last month; older ones say nothing any more. */
function newestOf(asks: AskView[]): AskView | null {
  const newest = asks.toSorted((a, b) => b.createdAt.getTime() - a.createdAt.getTime())[0]
  return newest && newest.createdAt.getTime() > Date.now() - shownMs ? newest : null
}
