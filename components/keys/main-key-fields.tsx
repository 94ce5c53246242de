'use client'

import { useTranslations } from 'next-intl'
import { CapsField } from '../budgets/caps-field.tsx'
import { tightestOf } from '../budgets/tightest-of.ts'
import { displayUsd } from '../display-usd.ts'
import { Combobox } from '../ui/combobox.tsx'
import { Field } from '../ui/field.tsx'
import { Input } from '../ui/input.tsx'
import { MultiCombobox } from '../ui/multi-combobox.tsx'
import { ExpiryField } from './expiry-field.tsx'
import type { KeyDraft } from './key-draft.ts'
import type { KeyFormOptions } from './key-form-options.ts'

interface MainKeyFieldsProps {
  draft: KeyDraft
  onChange: (part: Partial<KeyDraft>) => void
  options: KeyFormOptions
  errorOf: (field: string) => string | undefined
}

/** No e-mail address is this. */
const nobody = 'nobody'

/** Whose, in which project, which models, how much, until when. */
export function MainKeyFields({ draft, onChange, options, errorOf }: MainKeyFieldsProps) {
  const t = useTranslations('keys.form')
  const project = options.projects.find(({ id }) => id === draft.projectId)
  const allowed = options.models.filter(({ name }) => project?.models?.includes(name) ?? true)
  const member = options.members.find(({ email }) => email === draft.memberEmail)
  const chooseOwner = (value: string) => {
    const owner = options.members.find(({ email }) => email === value)
    // The owner's name is a good name for a key, as long as nobody thought of a better one.
    const isUnnamed = draft.name.trim() === '' || draft.name === member?.name
    onChange({ memberEmail: owner?.email ?? '', ...(isUnnamed && { name: owner?.name ?? '' }) })
  }
  const chooseProject = (projectId: string) => {
    const chosen = options.projects.find(({ id }) => id === projectId)
    onChange({ projectId, models: draft.models.filter((name) => chosen?.models?.includes(name) ?? true) })
  }
  return (
    <div className="grid gap-5">
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t('owner')} hint={t('ownerHint')} error={errorOf('memberEmail')}>
          <Combobox
            label={t('owner')}
            value={draft.memberEmail || nobody}
            onValueChange={chooseOwner}
            options={[
              { value: nobody, label: t('ownerNobody') },
              ...options.members.map(({ name, email }) => ({ value: email, label: name, description: email })),
            ]}
          />
        </Field>
        <Field label={t('name')} error={errorOf('name')} required>
          <Input
            value={draft.name}
            maxLength={100}
            placeholder={t('namePlaceholder')}
            onChange={(event) => onChange({ name: event.target.value })}
          />
        </Field>
      </div>
      <Field label={t('project')} error={errorOf('projectId')}>
        <Combobox
          label={t('project')}
          placeholder={t('projectPlaceholder')}
          value={draft.projectId || null}
          onValueChange={chooseProject}
          options={options.projects.map(({ id, name, budgets }) => {
            const tightest = tightestOf(budgets)
            return {
              value: id,
              label: name,
              description: tightest
                ? t('projectLeft', {
                    left: displayUsd(tightest.availableUsd),
                    limit: displayUsd(tightest.limitUsd),
                  })
                : t('projectNoLimit'),
            }
          })}
        />
      </Field>
      <Field label={t('models')} error={errorOf('models')}>
        <MultiCombobox
          label={t('models')}
          placeholder={t('modelsAll')}
          value={draft.models}
          onValueChange={(models) => onChange({ models })}
          options={allowed.map(({ name, priced }) => ({
            value: name,
            label: name,
            ...(!priced && { description: t('unpriced') }),
          }))}
        />
      </Field>
      <CapsField
        legend={t('limit')}
        caps={draft.caps}
        onChange={(caps) => onChange({ caps })}
        hint={t(draft.caps.length > 0 ? 'limitHint' : 'noLimit')}
        error={errorOf('budgets')}
      />
      <ExpiryField
        value={draft.expiresOn}
        onChange={(expiresOn) => onChange({ expiresOn })}
        today={options.today}
        timeZone={options.timeZone}
        error={errorOf('expiresAt')}
      />
    </div>
  )
}
