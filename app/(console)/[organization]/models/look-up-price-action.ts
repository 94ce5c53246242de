'use server'

import { currentMember } from '#lib/auth/current-member.ts'
import { lookUpCatalogue } from '#lib/prices/look-up-catalogue.ts'
import { asActionResult } from '../../as-action-result.ts'
import { ratesAndTiersOf } from '../../price-facts-of.ts'

export async function lookUpPriceAction(organization: string, providerId: string, upstreamModel: string) {
  return asActionResult(async () => {
    const entry = await lookUpCatalogue(await currentMember(organization), providerId, upstreamModel)
    const [current] = entry?.versions ?? []
    return { price: current ? ratesAndTiersOf(current.price) : null, contextTokens: entry?.contextTokens ?? null }
  })
}
