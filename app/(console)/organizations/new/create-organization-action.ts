'use server'

import { currentUser } from '#lib/auth/current-user.ts'
import { type CreateOrganizationInput, createOrganization } from '#lib/organizations/create-organization.ts'
import { asActionResult } from '../../as-action-result.ts'

/** Answers where the new organization is. */
export async function createOrganizationAction(draft: CreateOrganizationInput) {
  return asActionResult(async () => `/${await createOrganization(await currentUser('/organizations/new'), draft)}`)
}
