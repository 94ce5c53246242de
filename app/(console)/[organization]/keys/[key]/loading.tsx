import { PageSkeleton } from '#components/ui/page-skeleton.tsx'

export default function KeyLoading() {
  return <PageSkeleton shape="overview" />
}
