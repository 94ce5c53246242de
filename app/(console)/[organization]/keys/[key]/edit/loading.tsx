import { PageSkeleton } from '#components/ui/page-skeleton.tsx'

export default function KeyFormLoading() {
  return <PageSkeleton shape="form" />
}
