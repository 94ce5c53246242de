'use client'

import { useTranslations } from 'next-intl'
import { type FormEvent, useState } from 'react'
import type { ActionFailure } from '../action-result.ts'
import { failureText } from '../failure-text.ts'
import { Callout } from '../ui/callout.tsx'
import { Checkbox } from '../ui/checkbox.tsx'
import { Field } from '../ui/field.tsx'
import { Input } from '../ui/input.tsx'
import { Select } from '../ui/select.tsx'
import { toast } from '../ui/toast.ts'
import { alertKinds, type ChannelActions, type ChannelFacts, channelKinds } from './alert-facts.ts'
import { type ChannelProblems, draftOfChannel, problemsOfChannel, recipientsOf } from './channel-draft.ts'

interface ChannelFormProps {
  id: string
  channel: ChannelFacts | null
  canSendMail: boolean
  actions: ChannelActions
  start: (work: () => Promise<void>) => void
  onClose: () => void
  onSecret: (secret: string) => void
}

export function ChannelForm({ id, channel, canSendMail, actions, start, onClose, onSecret }: ChannelFormProps) {
  const t = useTranslations('alerts')
  const failed = useTranslations('console.failure')
  const [draft, setDraft] = useState(() => draftOfChannel(channel))
  const [problems, setProblems] = useState<ChannelProblems>({})
  const [refusal, setRefusal] = useState<string | null>(null)
  const { name, kind, url, secret, recipients } = draft
  const change = (part: Partial<typeof draft>) => setDraft({ ...draft, ...part })
  const errorOf = (field: keyof ChannelProblems) => (problems[field] ? t(`form.errors.${problems[field]}`) : undefined)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const found = problemsOfChannel(draft, channel === null)
    setProblems(found)
    setRefusal(null)
    if (Object.keys(found).length > 0) return
    start(async () => {
      const kinds = draft.alertKinds.length === alertKinds.length ? [] : draft.alertKinds
      const shared = { name: name.trim(), alertKinds: kinds }
      const { value, failure } = channel
        ? await actions.change(channel.id, { ...shared, ...changedTarget() })
        : await actions.create({ ...shared, kind, url: url.trim(), secret, recipients: recipientsOf(recipients) })
      if (failure) return refuse(failure)
      toast.success(t(channel ? 'form.saved' : 'form.added', { name: shared.name }))
      onClose()
      if (value?.signingSecret) onSecret(value.signingSecret)
    })
  }
  const changedTarget = () =>
    kind === 'email'
      ? { recipients: recipientsOf(recipients) }
      : { ...(url.trim() && { url: url.trim() }), ...(secret && { secret }) }
  const refuse = (failure: ActionFailure) => {
    if (failure.code === 'conflict') setProblems({ name: 'taken' })
    else if (failure.param === 'name') setProblems({ name: 'name' })
    else if (failure.param === 'url') setProblems({ url: 'address' })
    else if (failure.param?.startsWith('recipients')) setProblems({ recipients: 'recipients' })
    else setRefusal(failureText(failed, failure))
  }
  return (
    <form id={id} onSubmit={submit} noValidate className="grid grid-cols-1 gap-5">
      {channel ? null : (
        <Field label={t('form.kind')} hint={t(`kindHints.${kind}`)}>
          <Select
            value={kind}
            onValueChange={(next) => {
              const chosen = channelKinds.find((known) => known === next)
              if (chosen) change({ kind: chosen })
            }}
            options={channelKinds.map((value) => ({ value, label: t(`channelKinds.${value}`) }))}
          />
        </Field>
      )}
      <Field label={t('form.name')} required error={errorOf('name')}>
        <Input maxLength={100} value={name} onChange={(event) => change({ name: event.target.value })} />
      </Field>
      {kind === 'email' ? (
        <Field label={t('form.recipients')} hint={t('form.recipientsHint')} required error={errorOf('recipients')}>
          <Input
            value={recipients}
            placeholder="lead@lab.example"
            onChange={(event) => change({ recipients: event.target.value })}
          />
        </Field>
      ) : (
        <Field
          label={t('form.url')}
          hint={channel ? t('form.urlKept', { host: channel.target }) : t('form.urlHint')}
          required={channel === null}
          error={errorOf('url')}
        >
          <Input
            mono
            type="url"
            spellCheck={false}
            autoCapitalize="none"
            placeholder="https://"
            value={url}
            onChange={(event) => change({ url: event.target.value })}
          />
        </Field>
      )}
      {kind === 'feishu' || kind === 'dingtalk' ? (
        <Field label={t('form.secret')} hint={t(channel ? 'form.secretKept' : 'form.secretHint')} optional>
          <Input
            mono
            type="password"
            autoComplete="new-password"
            data-1p-ignore
            data-lpignore="true"
            value={secret}
            onChange={(event) => change({ secret: event.target.value })}
          />
        </Field>
      ) : null}
      {kind === 'email' && !canSendMail ? <Callout tone="warning">{t('channels.noMail')}</Callout> : null}
      <fieldset className="grid gap-2.5">
        <legend className="mb-2 font-medium text-sm">{t('form.kinds')}</legend>
        {alertKinds.map((alertKind) => (
          <Field key={alertKind} layout="inline" label={t(`kinds.${alertKind}`)}>
            <Checkbox
              checked={draft.alertKinds.includes(alertKind)}
              onCheckedChange={(checked) =>
                change({
                  alertKinds: alertKinds.filter((each) =>
                    each === alertKind ? checked === true : draft.alertKinds.includes(each),
                  ),
                })
              }
            />
          </Field>
        ))}
        {problems.alertKinds ? (
          <p role="alert" className="text-danger-text text-xs">
            {errorOf('alertKinds')}
          </p>
        ) : null}
      </fieldset>
      {refusal ? <Callout tone="danger">{refusal}</Callout> : null}
    </form>
  )
}
