import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { AskCard } from '#components/budgets/ask-card.tsx'
import { BudgetList } from '#components/budgets/budget-list.tsx'
import { SpendChart } from '#components/charts/spend-chart.tsx'
import { KeyDetails } from '#components/keys/key-details.tsx'
import { KeyNotice } from '#components/keys/key-notice.tsx'
import { KeyToolbar } from '#components/keys/key-toolbar.tsx'
import { RecentRequests } from '#components/keys/recent-requests.tsx'
import { LiveRefresh } from '#components/live/live-refresh.tsx'
import { PageTrail } from '#components/shell/page-trail.tsx'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { Callout } from '#components/ui/callout.tsx'
import { DateRange } from '#components/ui/date-range.tsx'
import { NoPermission } from '#components/ui/no-permission.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { parseRange } from '#components/ui/ranges.ts'
import { Section } from '#components/ui/section.tsx'
import { StatusBadge } from '#components/ui/status-badge.tsx'
import { currentMember } from '#lib/auth/current-member.ts'
import { roleMay } from '#lib/auth/permissions.ts'
import { listAsks } from '#lib/budgets/list-asks.ts'
import { getKey } from '#lib/keys/get-key.ts'
import { listRequests } from '#lib/requests/list-requests.ts'
import { askFactsOf } from '../../../ask-facts-of.ts'
import { byWhatIsLeft } from '../../../by-what-is-left.ts'
import { gatewayBaseUrl } from '../../../gateway-base-url.ts'
import { keyFactsOf } from '../../../key-facts-of.ts'
import { orNotFound } from '../../../or-not-found.ts'
import { recentRequestOf } from '../../../recent-request-of.ts'
import { readSpendChart } from '../../../usage/read-spend-chart.ts'
import { usageWindow } from '../../../usage/usage-window.ts'
import { budgetActionsOf } from '../../budgets/budget-actions-of.ts'
import { keyActionsOf } from '../key-actions-of.ts'
import { rotateKeyAction } from '../rotate-key-action.ts'

interface KeyPageProps {
  params: Promise<{ organization: string; key: string }>
  searchParams: Promise<{ range?: string }>
}

const requestCount = 8

export async function generateMetadata({ params }: KeyPageProps): Promise<Metadata> {
  const { organization, key } = await params
  const member = await currentMember(organization)
  return { title: (await orNotFound(getKey(member, key))).name }
}

export default async function KeyPage({ params, searchParams }: KeyPageProps) {
  const [{ organization, key: id }, search, t, tChart] = await Promise.all([
    params,
    searchParams,
    getTranslations('keys.detail'),
    getTranslations('ui.chart'),
  ])
  const member = await currentMember(organization)
  if (!roleMay(member.role, 'keys.read')) return <NoPermission />
  const window = usageWindow(parseRange(search.range), member.organization.timeZone)
  const key = await orNotFound(getKey(member, id))
  const [chart, requests, asks] = await Promise.all([
    readSpendChart(member, window, 'model', { other: tChart('other'), removed: '—' }, { keyId: key.id }),
    listRequests(member, { keyId: key.id, limit: requestCount }),
    listAsks(member, { keyId: key.id, status: 'open' }),
  ])
  const facts = keyFactsOf(key)
  const actions = keyActionsOf(member)
  const budgetActions = key.status === 'revoked' ? null : budgetActionsOf(member)
  const path = `/${organization}/keys/${key.id}`
  const requestsPath = `/${organization}/requests?key=${key.id}`
  return (
    <div className="grid grid-cols-1 gap-10">
      <LiveRefresh organization={organization} />
      <PageTrail crumbs={[{ label: key.name }]} />
      <div className="grid gap-4">
        <PageHeader
          title={key.name}
          badge={<StatusBadge status={key.status} />}
          description={[key.memberName, key.projectName].filter(Boolean).join(' · ')}
          actions={
            actions && key.status !== 'revoked' ? (
              <KeyToolbar
                id={key.id}
                name={key.name}
                status={key.status}
                editHref={`${path}/edit`}
                baseUrl={await gatewayBaseUrl()}
                actions={actions}
                rotate={rotateKeyAction.bind(null, organization, key.id)}
              />
            ) : null
          }
        />
        <KeyNotice status={facts.status} pauseReason={facts.pauseReason} />
        {asks.map((ask) => (
          <AskCard
            key={ask.id}
            ask={askFactsOf(ask)}
            keyHref={path}
            budgets={facts.budgets.toSorted(byWhatIsLeft)}
            actions={budgetActions}
          />
        ))}
      </div>
      <Section title={t('budgets')} description={t('budgetsDescription')}>
        {facts.budgets.length > 0 ? (
          <BudgetList budgets={facts.budgets} label={t('budgets')} actions={budgetActions} />
        ) : (
          <Callout
            tone="warning"
            action={
              actions ? (
                <ButtonLink href={`${path}/edit`} size="sm">
                  {t('setLimit')}
                </ButtonLink>
              ) : null
            }
          >
            {t('noBudget')}
          </Callout>
        )}
      </Section>
      <Section title={t('usage')}>
        <SpendChart {...chart} label={t('usageLabel', { name: key.name })} controls={<DateRange />} heightPx={220} />
      </Section>
      <Section
        title={t('requests')}
        actions={
          <ButtonLink href={requestsPath} variant="link">
            {t('allRequests')}
          </ButtonLink>
        }
      >
        <RecentRequests
          requests={requests.rows.map((request) => recentRequestOf(request, `${requestsPath}&request=${request.id}`))}
          empty={{ title: t('noRequests'), description: t('noRequestsDescription') }}
        />
      </Section>
      <Section title={t('details')}>
        <KeyDetails facts={facts} projectHref={`/${organization}/projects/${key.projectId}`} />
      </Section>
    </div>
  )
}
