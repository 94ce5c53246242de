'use server'

import { refresh } from 'next/cache'
import { z } from 'zod'
import { fallbackKinds } from '#components/routing/routing-facts.ts'
import { currentMember } from '#lib/auth/current-member.ts'
import { parseInput } from '#lib/core/parse-input.ts'
import { changeModel } from '#lib/models/change-model.ts'
import { asActionResult } from '../../as-action-result.ts'

const kindSchema = z.enum(fallbackKinds)

export async function setFallbacksAction(organization: string, modelId: string, kind: string, names: string[]) {
  return asActionResult(async () => {
    await changeModel(await currentMember(organization), modelId, { [parseInput(kindSchema, kind)]: names })
    refresh()
    return null
  })
}
