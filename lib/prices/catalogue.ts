import { type ConditionalPrice, calcPrice, findProvider, type ModelInfo, type ModelPrice } from '@pydantic/genai-prices'
import type { Price } from '../core/price.ts'
import type { Vendor } from '../providers/vendors.ts'
import { ratesOfCatalogue } from './rates-of-catalogue.ts'
import { findUnitPrice } from './unit-catalogue.ts'

export interface CatalogueEntry {
  /** Input and output together that the model takes at most; null: not known. */
  contextTokens: number | null
  /** The price in force and those that are announced, in order; empty: the catalogue has none that we could charge. */
  versions: CatalogueVersion[]
}

interface CatalogueVersion {
  effectiveFrom: Date
  price: Omit<Price, 'id'>
}

/** What the bundled price catalogue knows of a vendor's model at `at`; null when it does not know the model. */
export function findInCatalogue(
  vendor: Vendor,
  baseUrl: string,
  upstreamModel: string,
  at: Date,
): CatalogueEntry | null {
  const byUnit = findUnitPrice(vendor.id, upstreamModel)
  if (byUnit) return { contextTokens: null, versions: [{ effectiveFrom: at, price: byUnit }] }
  const model = findModel(vendor, baseUrl, upstreamModel)
  if (!model) return null
  const starts = [at, ...announcedStarts(model, at)]
  const versions = starts.flatMap((effectiveFrom) => {
    const price = ratesOfCatalogue(pricesAt(model, effectiveFrom))
    return price ? [{ effectiveFrom, price }] : []
  })
  return { contextTokens: model.context_window ?? null, versions }
}

function findModel(vendor: Vendor, baseUrl: string, upstreamModel: string): ModelInfo | null {
  if (vendor.catalogue === null) return null
  const provider =
    vendor.catalogue === 'by-maker'
      ? (findProvider({ providerApiUrl: baseUrl }) ?? findProvider({ modelId: upstreamModel }))
      : findProvider({ providerId: vendor.catalogue })
  // Pricing no usage is the package's own way to match a model's name, its aliases and dated snapshots.
  return provider ? (calcPrice({}, upstreamModel, { provider })?.model ?? null) : null
}

function announcedStarts(model: ModelInfo, at: Date): Date[] {
  return conditionsOf(model)
    .flatMap(({ constraint }) => (constraint?.type === 'start_date' ? [new Date(constraint.start_date)] : []))
    .filter((start) => start > at)
    .sort((a, b) => a.getTime() - b.getTime())
}

/** The last condition that holds decides; of those that hold only at some hours of the day each is a candidate. */
function pricesAt(model: ModelInfo, at: Date): ModelPrice[] {
  const candidates: ModelPrice[] = []
  for (const { constraint, prices } of conditionsOf(model).toReversed()) {
    if (constraint?.type === 'start_date' && new Date(constraint.start_date) > at) continue
    candidates.push(prices)
    if (constraint?.type !== 'time_of_date') break
  }
  return candidates
}

function conditionsOf(model: ModelInfo): ConditionalPrice[] {
  return Array.isArray(model.prices) ? model.prices : [{ prices: model.prices }]
}
