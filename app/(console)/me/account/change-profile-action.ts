'use server'

import { refresh } from 'next/cache'
import { changeProfile, type ProfileInput } from '#lib/account/change-profile.ts'
import { currentUser } from '#lib/auth/current-user.ts'
import { changeLocale } from '#lib/i18n/change-locale.ts'
import { asActionResult } from '../../as-action-result.ts'

export async function changeProfileAction(profile: ProfileInput) {
  return asActionResult(async () => {
    const { id } = await currentUser('/me/account')
    await changeProfile(id, profile)
    await changeLocale(profile.locale)
    refresh()
    return null
  })
}
