'use server'

import { refresh } from 'next/cache'
import { createAccessLink } from '#lib/access-links/create-access-link.ts'
import { currentMember } from '#lib/auth/current-member.ts'
import { StipendError } from '#lib/core/errors.ts'
import { type CreateMemberInput, createMember } from '#lib/members/create-member.ts'
import { asActionResult } from '../../as-action-result.ts'
import { publicOrigin } from '../../public-origin.ts'

/** Adds a person and answers the link by which they come in; null for whom an account of their own lets in. */
export async function addMemberAction(organization: string, draft: CreateMemberInput) {
  return asActionResult(async () => {
    const member = await currentMember(organization)
    const { id, canSignIn } = await createMember(member, draft)
    refresh()
    if (canSignIn) return null
    const link = await createAccessLink(member, id).catch((error: unknown) => {
      if (error instanceof StipendError && error.code === 'conflict') return null
      throw error
    })
    return link && { url: `${await publicOrigin()}/join?token=${link.token}`, expiresAt: link.expiresAt.toISOString() }
  })
}
