import type { KeyDraft } from '#components/keys/key-draft.ts'
import { localDateOf } from '#lib/core/local-date-of.ts'
import type { KeyView } from '#lib/keys/key-view.ts'
import { capDraftsOf } from '../../cap-drafts-of.ts'
import { rateDraftOf } from '../../rate-draft-of.ts'

/** A key as its form shows it. */
export function keyDraftOf(key: KeyView, timeZone: string): KeyDraft {
  return {
    name: key.name,
    projectId: key.projectId,
    memberEmail: key.memberEmail ?? '',
    models: key.models ?? [],
    caps: capDraftsOf(key.budgets.filter(({ scope }) => scope === 'key')),
    // The end of a day is the start of the next one.
    expiresOn: key.expiresAt ? localDateOf(new Date(key.expiresAt.getTime() - 1), timeZone) : '',
    ...rateDraftOf(key),
    maxOutputTokens: key.maxOutputTokens?.toString() ?? '',
    allowedIps: key.allowedIps.join('\n'),
    tags: key.tags.join(', '),
  }
}
