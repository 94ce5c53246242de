'use server'

import { currentMember } from '#lib/auth/current-member.ts'
import { testConnection } from '#lib/providers/test-connection.ts'
import { asActionResult } from '../../as-action-result.ts'

export async function testProviderAction(organization: string, providerId: string) {
  return asActionResult(async () => {
    const { ok, latencyMs, problem } = await testConnection(await currentMember(organization), { providerId })
    return { ok, latencyMs, problem }
  })
}
