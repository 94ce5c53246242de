import { Plus } from 'lucide-react'
import type { Metadata } from 'next'
import { getLocale } from 'next-intl/server'
import { PageTrail } from '#components/shell/page-trail.tsx'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { DateRange } from '#components/ui/date-range.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { StatusBadge } from '#components/ui/status-badge.tsx'
import { FigureSamples } from './figure-samples.tsx'
import { FormSamples } from './form-samples.tsx'
import { FoundationSamples } from './foundation-samples.tsx'
import { OverlaySamples } from './overlay-samples.tsx'
import { SampleFrame } from './sample-frame.tsx'
import { sampleText } from './sample-text.ts'
import { StateSamples } from './state-samples.tsx'
import { TableSamples } from './table-samples.tsx'

export const metadata: Metadata = { title: 'Design' }

export default async function DesignPage() {
  const text = sampleText[await getLocale()]
  return (
    <SampleFrame>
      <PageTrail crumbs={[{ label: text.title }]} />
      <div className="grid grid-cols-1 gap-14">
        <PageHeader
          title={text.title}
          badge={<StatusBadge status="active" />}
          description={text.description}
          actions={
            <>
              <DateRange />
              <ButtonLink href="/design/auth" variant="primary">
                <Plus />
                {text.newKey}
              </ButtonLink>
            </>
          }
        />
        <FigureSamples text={text} />
        <TableSamples text={text} />
        <FormSamples text={text} />
        <OverlaySamples text={text} />
        <StateSamples text={text} />
        <FoundationSamples text={text} />
      </div>
    </SampleFrame>
  )
}
