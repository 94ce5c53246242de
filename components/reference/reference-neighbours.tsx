import { ArrowLeft, ArrowRight } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import type { ApiPart } from './api-facts.ts'

type Item = Pick<ApiPart['items'][number], 'href' | 'label'>

const style =
  'flex min-h-10 min-w-0 items-center gap-2 rounded-md py-2 font-medium text-sm text-muted hover:text-foreground [&_svg]:size-4 [&_svg]:shrink-0'

/** What comes before and after, for who reads on. */
export function ReferenceNeighbours({ before, after }: { before: Item | undefined; after: Item | undefined }) {
  const t = useTranslations('reference')
  return (
    <nav aria-label={t('neighbours')} className="flex justify-between gap-6 border-t pt-4">
      {before ? (
        <Link href={before.href} rel="prev" className={style}>
          <ArrowLeft aria-hidden="true" />
          {before.label}
        </Link>
      ) : null}
      {after ? (
        <Link href={after.href} rel="next" className={`${style} ml-auto text-right`}>
          {after.label}
          <ArrowRight aria-hidden="true" />
        </Link>
      ) : null}
    </nav>
  )
}
