'use server'

import { currentMember } from '#lib/auth/current-member.ts'
import { importClass } from '#lib/claims/import-class.ts'
import { asActionResult } from '../../../as-action-result.ts'
import { csvLine } from '../../../csv-line.ts'
import { publicOrigin } from '../../../public-origin.ts'
import { readClassDraft } from './read-class-draft.ts'

export async function importClassAction(organization: string, form: unknown) {
  return asActionResult(async () => {
    const links = await importClass(await currentMember(organization), readClassDraft(form))
    const origin = await publicOrigin()
    const rows = links.map(({ name, email, token, expiresAt }) => ({
      name,
      email,
      url: `${origin}/join?token=${token}`,
      expiresAt: expiresAt.toISOString(),
    }))
    const lines = [['name', 'email', 'link', 'expires'], ...rows.map((row) => Object.values(row))]
    // A byte order mark, without which spreadsheets misread names.
    return { rows, csv: `\uFEFF${lines.map((cells) => csvLine(cells)).join('')}` }
  })
}
