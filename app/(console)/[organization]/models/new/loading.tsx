import { PageSkeleton } from '#components/ui/page-skeleton.tsx'

export default function NewModelLoading() {
  return <PageSkeleton shape="form" />
}
