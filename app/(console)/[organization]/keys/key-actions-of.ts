import type { KeyActions } from '#components/keys/key-actions.ts'
import type { SignedInMember } from '#lib/auth/find-member.ts'
import { roleMay } from '#lib/auth/permissions.ts'
import { pauseKeyAction } from './pause-key-action.ts'
import { resumeKeyAction } from './resume-key-action.ts'
import { revokeKeyAction } from './revoke-key-action.ts'

/** What this member may do with keys of the organization; null: look only. */
export function keyActionsOf(member: SignedInMember): KeyActions | null {
  if (!roleMay(member.role, 'keys.change')) return null
  const { slug } = member.organization
  return {
    pause: pauseKeyAction.bind(null, slug),
    resume: resumeKeyAction.bind(null, slug),
    revoke: revokeKeyAction.bind(null, slug),
  }
}
