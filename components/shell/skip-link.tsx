import { useTranslations } from 'next-intl'
import { buttonStyle } from '../ui/button-style.ts'
import { cn } from '../ui/cn.ts'

/** The first stop of the Tab key; seen only then. */
export function SkipLink() {
  const t = useTranslations('shell')
  return (
    <a
      href="#content"
      className={cn(
        buttonStyle({ variant: 'primary' }),
        'fixed top-2 left-2 z-50 -translate-y-16 focus-visible:translate-y-0',
      )}
    >
      {t('skipToContent')}
    </a>
  )
}
