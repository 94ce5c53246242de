import { PageSkeleton } from '#components/ui/page-skeleton.tsx'
import { SampleFrame } from '../sample-frame.tsx'

/** Where the sample navigation leads: a page that never arrives. */
export default function DesignLoadingPage() {
  return (
    <SampleFrame>
      <h1 className="sr-only">Design: loading</h1>
      <PageSkeleton />
    </SampleFrame>
  )
}
