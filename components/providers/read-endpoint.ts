import { tidyBaseUrl } from '#lib/core/tidy-base-url.ts'
import { type PlaceValues, readAddress } from './place-address.ts'
import type { VendorFacts } from './provider-facts.ts'

export interface Endpoint {
  baseUrl: string
  /** What it is made of; null: it is an address of another form, and stays as it is written. */
  place: PlaceValues | null
  /** The deployment that it is of, where it is of one. */
  deployment: string | null
}

/** What a whole address says that was pasted where a part of one was asked for; null: it is no address. */
export function readEndpoint({ wire, place }: Pick<VendorFacts, 'wire' | 'place'>, text: string): Endpoint | null {
  const pasted = text.trim()
  if (!place || !/^https?:\/\//i.test(pasted) || !URL.canParse(pasted)) return null
  const baseUrl = tidyBaseUrl(wire, pasted).replace(/\/+$/, '')
  const named = /\/deployments\/([^/?]+)/.exec(new URL(pasted).pathname)?.[1]
  return { baseUrl, place: readAddress(place, baseUrl), deployment: named ? decodeURIComponent(named) : null }
}
