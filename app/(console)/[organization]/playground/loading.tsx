import { PageSkeleton } from '#components/ui/page-skeleton.tsx'

export default function PlaygroundLoading() {
  return <PageSkeleton />
}
