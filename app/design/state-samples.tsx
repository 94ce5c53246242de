'use client'

import { KeyRound, Plus } from 'lucide-react'
import { Button } from '#components/ui/button.tsx'
import { Callout } from '#components/ui/callout.tsx'
import { Card } from '#components/ui/card.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { ErrorState } from '#components/ui/error-state.tsx'
import { NoPermission } from '#components/ui/no-permission.tsx'
import { PageSkeleton } from '#components/ui/page-skeleton.tsx'
import { Progress } from '#components/ui/progress.tsx'
import { Section } from '#components/ui/section.tsx'
import type { SampleText } from './sample-text.ts'

export function StateSamples({ text }: { text: SampleText }) {
  return (
    <>
      <Section title={text.states}>
        <div className="grid items-start gap-6 md:grid-cols-3">
          <EmptyState
            icon={<KeyRound />}
            title={text.emptyTitle}
            description={text.emptyText}
            action={
              <Button variant="primary">
                <Plus />
                {text.newKey}
              </Button>
            }
          />
          <ErrorState onRetry={() => undefined} />
          <NoPermission />
        </div>
        <EmptyState size="compact" title={text.noneSelected} />
      </Section>
      <Section title={text.feedback}>
        <div className="grid gap-3 lg:grid-cols-2">
          <Callout tone="warning" title={text.unpricedTitle} action={<Button size="sm">{text.setPrice}</Button>}>
            {text.unpricedText}
          </Callout>
          <Callout tone="danger">{text.failed}</Callout>
          <Callout>{text.emptyText}</Callout>
          <Callout tone="positive">{text.saved}</Callout>
        </div>
        <div className="grid gap-4 lg:grid-cols-2">
          <Progress ratio={0.4} label={text.loading} />
          <Progress ratio={null} label={text.loading} />
        </div>
        <Card className="max-w-md">{text.sentence}</Card>
      </Section>
      <Section title={text.loading}>
        <PageSkeleton shape="overview" />
      </Section>
    </>
  )
}
