import type { Member } from '#lib/auth/member.ts'
import { newId } from '#lib/core/ids.ts'
import { prisma } from '#lib/db/prisma.ts'
import { foundOrganization } from '#lib/setup/found-organization.ts'

/** A new organization; its owner is the member for the operations. */
export async function foundLab(name = 'Lab', timeZone = 'UTC'): Promise<Member> {
  const email = `${newId()}@example.com`
  const { owner } = await prisma().$transaction((tx) =>
    foundOrganization(tx, {
      organization: name,
      timeZone,
      locale: 'en',
      ownerLocale: 'en',
      name: 'Owner',
      email,
      passwordHash: null,
    }),
  )
  return owner
}
