'use server'

import { currentMember } from '#lib/auth/current-member.ts'
import { type TestConnectionInput, testConnection } from '#lib/providers/test-connection.ts'
import { asActionResult } from '../../as-action-result.ts'

export async function testConnectionAction(organization: string, target: TestConnectionInput) {
  return asActionResult(async () => testConnection(await currentMember(organization), target))
}
