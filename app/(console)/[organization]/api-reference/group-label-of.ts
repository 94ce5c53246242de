import type { useTranslations } from 'next-intl'

/** What a group of calls is called; one that nobody has named yet goes by its path. */
export function groupLabelOf(t: ReturnType<typeof useTranslations<'reference'>>, name: string): string {
  const key = `groups.${name}` as Parameters<typeof t.has>[0]
  return t.has(key) ? t(key as Parameters<typeof t>[0]) : name
}
