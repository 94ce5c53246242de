import { PageSkeleton } from '#components/ui/page-skeleton.tsx'

export default function OffboardLoading() {
  return <PageSkeleton shape="form" />
}
