'use server'

import { refresh } from 'next/cache'
import { currentMember } from '#lib/auth/current-member.ts'
import { orderRoute } from '#lib/routing/order-route.ts'
import { asActionResult } from '../../as-action-result.ts'

export async function orderRouteAction(organization: string, modelId: string, tiers: string[][]) {
  return asActionResult(async () => {
    await orderRoute(await currentMember(organization), modelId, tiers)
    refresh()
    return null
  })
}
