import { PageSkeleton } from '#components/ui/page-skeleton.tsx'

export default function SettingsLoading() {
  return <PageSkeleton shape="form" />
}
