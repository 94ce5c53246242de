import { PageSkeleton } from '#components/ui/page-skeleton.tsx'

export default function BudgetsLoading() {
  return <PageSkeleton />
}
