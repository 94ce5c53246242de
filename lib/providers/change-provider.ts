import { z } from 'zod'
import { recordAudit } from '../audit/record-audit.ts'
import { authorize, type Member } from '../auth/member.ts'
import { StipendError } from '../core/errors.ts'
import { parseInput } from '../core/parse-input.ts'
import { inTenant } from '../db/in-tenant.ts'
import { refuseTakenName } from '../db/refuse-taken-name.ts'
import { credentialHintOf, sealCredential } from './credential.ts'
import { forgetHealth } from './forget-health.ts'
import { getProviderRow } from './get-provider-row.ts'
import { providerFields } from './provider-fields.ts'
import { type ProviderView, viewOfProvider } from './provider-view.ts'
import { readCredential } from './read-credential.ts'
import { resolveUpstream } from './resolve-upstream.ts'
import { findVendor } from './vendors.ts'

const schema = z.strictObject(providerFields).extend({ disabled: z.boolean() }).partial()

export type ChangeProviderInput = z.input<typeof schema>

/** A stored credential is never sent to another place: a new vendor or base URL needs the API key again. */
export async function changeProvider(member: Member, id: string, input: ChangeProviderInput): Promise<ProviderView> {
  authorize(member, 'providers.change')
  const { apiKey: given, disabled, ...fields } = parseInput(schema, input)
  const { organizationId } = member
  return inTenant(organizationId, async (tx) => {
    const before = await getProviderRow(tx, organizationId, id)
    const vendorId = fields.vendor ?? before.vendor
    const moves = vendorId !== before.vendor || (fields.baseUrl !== undefined && fields.baseUrl !== before.baseUrl)
    const keptUrl = vendorId === before.vendor ? before.baseUrl : undefined
    const { vendor, baseUrl } = moves
      ? resolveUpstream(vendorId, fields.baseUrl ?? keptUrl)
      : { vendor: findVendor(vendorId), baseUrl: before.baseUrl }
    const apiKey = given === undefined || !vendor ? given : readCredential(vendor, given)
    if (moves && apiKey === undefined) {
      throw new StipendError('invalid_request_error', 'Enter the API key again to change the vendor or base URL.', {
        param: 'apiKey',
      })
    }
    const row = await tx.provider
      .update({
        where: { id: before.id, organizationId },
        data: {
          ...fields,
          baseUrl,
          ...(apiKey !== undefined && {
            sealedCredential: sealCredential(apiKey, { organizationId, id: before.id, baseUrl }),
            credentialHint: credentialHintOf(apiKey),
          }),
          ...(disabled !== undefined && { disabledAt: disabled ? (before.disabledAt ?? new Date()) : null }),
        },
      })
      .catch(refuseTakenName)
    // What was learned with the old key says nothing about the new one, and nobody is to wait for it to be tried again.
    if (apiKey !== undefined) {
      const deployments = await tx.deployment.findMany({
        where: { organizationId, providerId: before.id, archivedAt: null },
        select: { id: true },
      })
      await forgetHealth(tx, organizationId, [before.id, ...deployments.map(({ id: deploymentId }) => deploymentId)])
    }
    const view = viewOfProvider(row)
    await recordAudit(tx, member, {
      action: 'provider.change',
      targetId: view.id,
      target: view.name,
      before: viewOfProvider(before),
      after: { ...view, credentialChanged: apiKey !== undefined },
    })
    return view
  })
}
