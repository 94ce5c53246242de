import { z } from 'zod'
import { recordAudit } from '../audit/record-audit.ts'
import { authorize, type Member } from '../auth/member.ts'
import { newId } from '../core/ids.ts'
import { parseInput } from '../core/parse-input.ts'
import { inTenant } from '../db/in-tenant.ts'
import { refuseTakenName } from '../db/refuse-taken-name.ts'
import { credentialHintOf, sealCredential } from './credential.ts'
import { providerFields } from './provider-fields.ts'
import { type ProviderView, viewOfProvider } from './provider-view.ts'
import { readCredential } from './read-credential.ts'
import { resolveUpstream } from './resolve-upstream.ts'

const schema = z.strictObject({
  name: providerFields.name,
  vendor: providerFields.vendor,
  /** Missing: the vendor's own. */
  baseUrl: providerFields.baseUrl.optional(),
  apiKey: providerFields.apiKey,
  priority: providerFields.priority.default(0),
  weight: providerFields.weight.default(1),
  requestsPerMinute: providerFields.requestsPerMinute.default(null),
  tokensPerMinute: providerFields.tokensPerMinute.default(null),
})

export type CreateProviderInput = z.input<typeof schema>

export async function createProvider(member: Member, input: CreateProviderInput): Promise<ProviderView> {
  authorize(member, 'providers.change')
  const { apiKey: given, ...fields } = parseInput(schema, input)
  const { vendor, baseUrl } = resolveUpstream(fields.vendor, fields.baseUrl)
  const apiKey = readCredential(vendor, given)
  const id = newId()
  const { organizationId } = member
  return inTenant(organizationId, async (tx) => {
    const row = await tx.provider
      .create({
        data: {
          ...fields,
          id,
          organizationId,
          vendor: vendor.id,
          baseUrl,
          sealedCredential: sealCredential(apiKey, { organizationId, id, baseUrl }),
          credentialHint: credentialHintOf(apiKey),
        },
      })
      .catch(refuseTakenName)
    const view = viewOfProvider(row)
    await recordAudit(tx, member, { action: 'provider.create', targetId: id, target: view.name, after: view })
    return view
  })
}
