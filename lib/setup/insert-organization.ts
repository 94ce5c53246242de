import type { Transaction } from '../db/in-tenant.ts'
import { randomLetters } from './random-letters.ts'
import { slugOf } from './slug-of.ts'

/** Other organizations are hidden from us, so whether a slug is free shows only in trying. Returns the one it got. */
export async function insertOrganization(
  tx: Transaction,
  row: { id: string; name: string; timeZone: string; locale: string },
): Promise<string> {
  const first = slugOf(row.name)
  for (let slug = first; ; slug = `${first}-${randomLetters(4)}`) {
    const { count } = await tx.organization.createMany({ data: { ...row, slug }, skipDuplicates: true })
    if (count === 1) return slug
  }
}
