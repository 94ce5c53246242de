'use server'

import { currentMember } from '#lib/auth/current-member.ts'
import { previewClass } from '#lib/claims/preview-class.ts'
import { formatUsd } from '#lib/core/money.ts'
import { asActionResult } from '../../../as-action-result.ts'
import { readClassDraft } from './read-class-draft.ts'

export async function previewClassAction(organization: string, form: unknown) {
  return asActionResult(async () => {
    const { students, problems } = await previewClass(await currentMember(organization), readClassDraft(form))
    return {
      problems,
      students: students.map(({ line, name, email, projectName, cap, models, expiresAt, member }) => ({
        line,
        name: member?.name ?? name,
        email,
        project: projectName,
        capUsd: formatUsd(cap.limitNanos),
        models,
        expiresAt: expiresAt?.toISOString() ?? null,
        isKnown: member !== null,
      })),
    }
  })
}
