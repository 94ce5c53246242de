import { PageSkeleton } from '#components/ui/page-skeleton.tsx'

export default function ApiReferenceLoading() {
  return <PageSkeleton shape="form" />
}
