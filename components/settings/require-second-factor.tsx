'use client'

import { useTranslations } from 'next-intl'
import { useOptimistic, useTransition } from 'react'
import { failureText } from '../failure-text.ts'
import { Field } from '../ui/field.tsx'
import { Switch } from '../ui/switch.tsx'
import { toast } from '../ui/toast.ts'
import type { ChangeOrganization } from './settings-facts.ts'

interface RequireSecondFactorProps {
  required: boolean
  /** For owners; others see how it is. */
  mayChange: boolean
  change: ChangeOrganization
}

export function RequireSecondFactor({ required, mayChange, change }: RequireSecondFactorProps) {
  const t = useTranslations('settings.secondFactor')
  const failed = useTranslations('console.failure')
  const [pending, start] = useTransition()
  const [shown, show] = useOptimistic(required)
  const turn = (requiresSecondFactor: boolean) =>
    start(async () => {
      show(requiresSecondFactor)
      const { failure } = await change({ requiresSecondFactor })
      if (failure) toast.error(failureText(failed, failure))
      else toast.success(t(requiresSecondFactor ? 'on' : 'off'))
    })
  return (
    <Field layout="inline" label={t('label')} hint={t(mayChange ? 'hint' : 'ownersOnly')}>
      <Switch checked={shown} onCheckedChange={turn} disabled={!mayChange || pending} />
    </Field>
  )
}
