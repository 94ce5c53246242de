import { PageSkeleton } from '#components/ui/page-skeleton.tsx'

export default function ImportLoading() {
  return <PageSkeleton shape="form" />
}
