import type { AddressForm, AddressTemplate, PlaceField } from '#lib/core/address-form.ts'

export type PlaceValues = Partial<Record<PlaceField, string>>

/** The base URL that these values make; empty while one that is needed is missing. */
export function writeAddress({ templates }: AddressForm, values: PlaceValues): string {
  const filled = (name: string): string => (values[name as PlaceField] ?? '').trim()
  const meant = templates.find(
    ({ url, when = {} }) =>
      placesIn(url).every((name) => filled(name) !== '') &&
      Object.entries(when).every(([name, value]) => filled(name) === value),
  )
  return meant ? meant.url.replace(place, (_, name: string) => encodeURIComponent(filled(name))) : ''
}

/** What a base URL says of each of its places; null: it was not put together so. */
export function readAddress({ templates }: AddressForm, baseUrl: string): PlaceValues | null {
  for (const template of templates) {
    const found = patternOf(template).exec(baseUrl)
    if (found) return { ...template.when, ...found.groups }
  }
  return null
}

const place = /\{(\w+)\}/g

function placesIn(url: string): string[] {
  return [...url.matchAll(place)].map(([, name = '']) => name)
}

function patternOf({ url }: AddressTemplate): RegExp {
  const seen = new Set<string>()
  const pattern = url
    .split(place)
    .map((piece, index) => {
      if (index % 2 === 0) return piece.replace(/[.?+*()|[\]\\^$]/g, '\\$&')
      if (seen.has(piece)) return `\\k<${piece}>`
      seen.add(piece)
      return `(?<${piece}>[^/?&#]+)`
    })
    .join('')
  return new RegExp(`^${pattern}$`)
}
