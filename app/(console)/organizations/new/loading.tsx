import { PageSkeleton } from '#components/ui/page-skeleton.tsx'

export default function NewOrganizationLoading() {
  return (
    <div className="mx-auto max-w-3xl px-4 py-20 sm:px-6">
      <PageSkeleton shape="form" />
    </div>
  )
}
