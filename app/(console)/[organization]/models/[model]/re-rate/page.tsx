import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { ReRatingForm } from '#components/re-ratings/re-rating-form.tsx'
import { ReRatingsTable } from '#components/re-ratings/re-ratings-table.tsx'
import { UnfinishedReRating } from '#components/re-ratings/unfinished-re-rating.tsx'
import { PageTrail } from '#components/shell/page-trail.tsx'
import { NoPermission } from '#components/ui/no-permission.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { Section } from '#components/ui/section.tsx'
import { TimeZoneNote } from '#components/ui/time-zone-note.tsx'
import { currentMember } from '#lib/auth/current-member.ts'
import { roleMay } from '#lib/auth/permissions.ts'
import { localDateOf } from '#lib/core/local-date-of.ts'
import { formatUsd } from '#lib/core/money.ts'
import { getModel } from '#lib/models/get-model.ts'
import { countLeftToReRate } from '#lib/prices/count-left-to-re-rate.ts'
import { listReRatings } from '#lib/prices/list-re-ratings.ts'
import { listProviders } from '#lib/providers/list-providers.ts'
import { orNotFound } from '../../../../or-not-found.ts'
import { modelFactsOf } from '../../model-facts-of.ts'
import { previewReRatingAction } from './preview-re-rating-action.ts'
import { reRateAction } from './re-rate-action.ts'
import { resumeReRatingAction } from './resume-re-rating-action.ts'

interface ReRateRouteProps {
  params: Promise<{ organization: string; model: string }>
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('reRatings')
  return { title: t('title') }
}

export default async function ReRateRoute({ params }: ReRateRouteProps) {
  const { organization, model: id } = await params
  const member = await currentMember(organization)
  if (!roleMay(member.role, 'usage.read')) return <NoPermission />
  const t = await getTranslations('reRatings')
  const view = await orNotFound(getModel(member, id))
  const [reRatings, providers] = await Promise.all([
    listReRatings(member, { modelId: id }),
    roleMay(member.role, 'providers.read') ? listProviders(member) : [],
  ])
  const today = localDateOf(new Date(), member.organization.timeZone)
  const mayChange = roleMay(member.role, 'models.change')
  const unfinished = await Promise.all(
    reRatings
      .filter(({ finishedAt }) => finishedAt === null)
      .map(async (one) => ({ ...one, found: one.requests + (await countLeftToReRate(member, one.id)) })),
  )
  const progressHref = `/${organization}/models/${id}/re-rate/progress`
  return (
    <div className="grid grid-cols-1 gap-12">
      <div className="grid grid-cols-1 gap-8">
        <PageTrail crumbs={[{ label: view.name, href: `/${organization}/models/${id}` }, { label: t('title') }]} />
        <PageHeader title={t('titleOf', { model: view.name })} description={t('description')} />
        {unfinished.map((one) => (
          <UnfinishedReRating
            key={one.id}
            reRating={{ id: one.id, at: one.createdAt.toISOString(), madeBy: one.madeBy }}
            progressHref={`${progressHref}?of=${one.id}`}
            found={one.found}
            resume={mayChange ? resumeReRatingAction.bind(null, organization) : null}
          />
        ))}
        {mayChange ? (
          <ReRatingForm
            model={modelFactsOf(view, providers)}
            today={today}
            monthStart={`${today.slice(0, 8)}01`}
            progressHref={progressHref}
            isOneUnfinished={unfinished.length > 0}
            actions={{
              preview: previewReRatingAction.bind(null, organization, id),
              apply: reRateAction.bind(null, organization, id),
            }}
          />
        ) : null}
      </div>
      <Section title={t('history.title')} description={t('history.description')}>
        <ReRatingsTable
          reRatings={reRatings.map((one) => ({
            id: one.id,
            from: one.from.toISOString(),
            to: one.to.toISOString(),
            reason: one.reason,
            requests: one.requests,
            differenceUsd: formatUsd(one.differenceNanos),
            at: one.createdAt.toISOString(),
            madeBy: one.madeBy,
            isFinished: one.finishedAt !== null,
          }))}
        />
      </Section>
      <TimeZoneNote />
    </div>
  )
}
