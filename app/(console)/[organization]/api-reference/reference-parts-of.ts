import type { useTranslations } from 'next-intl'
import type { ApiPart } from '#components/reference/api-facts.ts'
import type { Locale } from '#lib/i18n/locales.ts'
import { groupLabelOf } from './group-label-of.ts'
import { operationsOf } from './operations-of.ts'
import { partsOf } from './parts-of.ts'

/** The contents of the reference, as its navigation and the ends of its pages show them. */
export function referencePartsOf(
  t: ReturnType<typeof useTranslations<'reference'>>,
  organization: string,
  locale: Locale,
  origin: string,
): ApiPart[] {
  const at = `/${organization}/api-reference`
  return [
    { label: null, items: [{ href: at, label: t('start.title'), entries: [] }] },
    ...partsOf(operationsOf(locale, origin)).map(([part, groups]) => ({
      label: t(`parts.${part}`),
      items: groups.map(({ name, operations }) => ({
        href: `${at}/${name}`,
        label: groupLabelOf(t, name),
        entries: operations.map(({ id, method, path, summary }) => ({ id, method, path, summary })),
      })),
    })),
  ]
}
