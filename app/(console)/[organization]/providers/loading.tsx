import { PageSkeleton } from '#components/ui/page-skeleton.tsx'

export default function ProvidersLoading() {
  return <PageSkeleton />
}
