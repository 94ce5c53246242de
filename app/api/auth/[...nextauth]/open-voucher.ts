import type { Voucher } from '#lib/auth/next-auth-options.ts'
import { admitOidcPerson } from '#lib/oidc/admit-oidc-person.ts'
import { oidcProvider } from '#lib/oidc/oidc-provider.ts'
import { oidcSettings } from '#lib/oidc/oidc-settings.ts'

/** The issuer that the settings name, for the requests that are about it. */
export async function openVoucher(providerId: string | undefined): Promise<Voucher | null> {
  const settings = providerId === 'oidc' ? oidcSettings() : null
  if (!settings) return null
  return {
    provider: await oidcProvider(settings),
    async admit(claims, signedInUserId) {
      const admission = await admitOidcPerson(settings, claims, signedInUserId)
      if (admission.outcome === 'admitted') return { userId: admission.userId }
      return { refusedAt: `${signedInUserId ? '/me/account' : '/sign-in'}?error=sso_${admission.reason}` }
    },
  }
}
