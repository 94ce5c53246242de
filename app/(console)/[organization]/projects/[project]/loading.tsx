import { PageSkeleton } from '#components/ui/page-skeleton.tsx'

export default function ProjectLoading() {
  return <PageSkeleton shape="overview" />
}
