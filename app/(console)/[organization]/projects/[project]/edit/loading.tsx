import { PageSkeleton } from '#components/ui/page-skeleton.tsx'

export default function ProjectFormLoading() {
  return <PageSkeleton shape="form" />
}
