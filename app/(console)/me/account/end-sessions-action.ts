'use server'

import { refresh } from 'next/cache'
import { endOwnSessions } from '#lib/account/end-own-sessions.ts'
import { currentSessionId } from '#lib/auth/current-session-id.ts'
import { currentUser } from '#lib/auth/current-user.ts'
import { asActionResult } from '../../as-action-result.ts'

/** One session, or with null all but the one that asks. */
export async function endSessionsAction(id: string | null) {
  return asActionResult(async () => {
    const user = await currentUser('/me/account')
    const here = await currentSessionId()
    await endOwnSessions(user.id, id === null ? { allBut: here! } : { id })
    refresh()
    return null
  })
}
