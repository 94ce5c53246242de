import type { useTranslations } from 'next-intl'
import type { ActionFailure } from './action-result.ts'

type Translate = ReturnType<typeof useTranslations<'console.failure'>>

/** What to say when an action was refused and no field is to blame. */
export function failureText(t: Translate, { code }: ActionFailure): string {
  switch (code) {
    case 'forbidden':
    case 'not_found':
    case 'conflict':
    case 'unavailable':
      return t(code)
    default:
      return t('other')
  }
}
