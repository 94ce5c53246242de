'use client'

import { Fingerprint, LifeBuoy, Smartphone } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type ReactNode, useState } from 'react'
import type { ActionFailure } from '../action-result.ts'
import { onceShown } from '../once-shown.ts'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { Input } from '../ui/input.tsx'
import { lateDialog } from '../ui/late-dialog.tsx'
import type { QrPicture } from '../ui/qr-of.ts'
import { Time } from '../ui/time.tsx'
import { toast } from '../ui/toast.ts'
import { browserName } from './browser-name.ts'
import type { PasskeyFacts, SecondFactorActions, SecondFactorFacts } from './second-factor-facts.ts'

const TotpDialog = lateDialog(async () => (await import('./totp-dialog.tsx')).TotpDialog)
const CodesDialog = lateDialog(async () => (await import('./codes-dialog.tsx')).CodesDialog)
const ProofDialog = lateDialog(async () => (await import('./proof-dialog.tsx')).ProofDialog)

interface SecondFactorsProps {
  facts: SecondFactorFacts
  actions: SecondFactorActions
}

type Step =
  | { kind: 'add_totp' | 'remove_totp' | 'add_passkey' | 'renew_codes' }
  | { kind: 'remove_passkey'; passkey: PasskeyFacts }
  | { kind: 'totp'; secret: string; qr: QrPicture }
  | { kind: 'codes'; codes: string[] }

/** What is asked for at sign-in besides the password, and the way to change it. */
export function SecondFactors({ facts, actions }: SecondFactorsProps) {
  const t = useTranslations('account.secondFactor')
  const [step, setStep] = useState<Step | null>(null)
  const [passkeyName, setPasskeyName] = useState('')
  const close = () => setStep(null)
  const done = (text: string, codes?: string[] | null) => {
    toast.success(text)
    setStep(codes ? { kind: 'codes', codes } : null)
  }
  const addPasskey = async (proof: string): Promise<ActionFailure | null> => {
    const started = await actions.startPasskey(proof)
    if (started.failure) return started.failure
    const { challengeId, options } = started.value
    // Loaded by who adds one, and by nobody else.
    const { startRegistration } = await import('@simplewebauthn/browser')
    const response = await startRegistration({ optionsJSON: options }).catch(() => null)
    if (!response) {
      toast.error(t('passkeys.aborted'))
      return null
    }
    const finished = await onceShown(CodesDialog, actions.finishPasskey)({ challengeId, response, name: passkeyName })
    if (finished.failure) return finished.failure
    done(t('passkeys.added'), finished.value)
    return null
  }
  const proofOf = (
    name: 'totp.add' | 'totp.remove' | 'passkeys.add' | 'passkeys.remove' | 'codes.renew',
    onProof: (proof: string) => Promise<ActionFailure | null>,
    more?: { values?: Record<string, string>; children?: ReactNode },
  ) => (
    <ProofDialog
      title={t(`${name}Title`, more?.values ?? {})}
      description={t(`${name}Description`)}
      submitLabel={t(`${name}Submit`)}
      tone={name.endsWith('remove') ? 'danger' : 'neutral'}
      proof={facts.proof}
      onProof={onProof}
      onClose={close}
    >
      {more?.children}
    </ProofDialog>
  )
  const simply =
    (work: (proof: string) => Promise<{ failure?: ActionFailure }>, text: string) => async (typed: string) => {
      const { failure } = await work(typed)
      if (failure) return failure
      done(text)
      return null
    }
  const hasAny = facts.totpSince !== null || facts.passkeys.length > 0
  return (
    <>
      <ul className="grid grid-cols-1 divide-y divide-line border-line border-y">
        <Factor
          icon={<Smartphone />}
          title={t('totp.name')}
          hint={facts.totpSince ? <Since at={facts.totpSince} /> : t('totp.hint')}
        >
          {facts.totpSince ? (
            <Button size="sm" onClick={() => setStep({ kind: 'remove_totp' })}>
              {t('remove')}
            </Button>
          ) : (
            <Button size="sm" onClick={() => setStep({ kind: 'add_totp' })}>
              {t('totp.setUp')}
            </Button>
          )}
        </Factor>
        {facts.passkeys.map((passkey) => (
          <Factor
            key={passkey.id}
            icon={<Fingerprint />}
            title={passkey.name}
            hint={
              <>
                <Since at={passkey.since} />
                {passkey.lastUsedAt ? (
                  <>
                    {' · '}
                    {t('passkeys.lastUsed')} <Time at={passkey.lastUsedAt} />
                  </>
                ) : null}
              </>
            }
          >
            <Button
              size="sm"
              aria-label={`${t('remove')}: ${passkey.name}`}
              onClick={() => setStep({ kind: 'remove_passkey', passkey })}
            >
              {t('remove')}
            </Button>
          </Factor>
        ))}
        <Factor icon={<Fingerprint />} title={t('passkeys.name')} hint={t('passkeys.hint')}>
          <Button
            size="sm"
            onClick={() => {
              setPasskeyName(browserName(navigator.userAgent) ?? t('passkeys.name'))
              setStep({ kind: 'add_passkey' })
            }}
          >
            {t('passkeys.addAction')}
          </Button>
        </Factor>
        {hasAny ? (
          <Factor icon={<LifeBuoy />} title={t('codes.name')} hint={t('codes.left', { count: facts.recoveryCodes })}>
            <Button size="sm" onClick={() => setStep({ kind: 'renew_codes' })}>
              {t('codes.renewAction')}
            </Button>
          </Factor>
        ) : null}
      </ul>
      {step?.kind === 'add_totp'
        ? proofOf('totp.add', async (proof) => {
            const { value, failure } = await actions.startTotp(proof)
            if (failure) return failure
            setStep({ kind: 'totp', ...value })
            return null
          })
        : null}
      {step?.kind === 'totp' ? (
        <TotpDialog
          secret={step.secret}
          qr={step.qr}
          confirm={onceShown(CodesDialog, actions.confirmTotp)}
          onDone={(codes) => done(t('totp.added'), codes)}
          onClose={close}
        />
      ) : null}
      {step?.kind === 'remove_totp' ? proofOf('totp.remove', simply(actions.removeTotp, t('totp.removed'))) : null}
      {step?.kind === 'add_passkey'
        ? proofOf('passkeys.add', addPasskey, {
            children: (
              <Field label={t('passkeys.label')} required>
                <Input maxLength={100} value={passkeyName} onChange={(event) => setPasskeyName(event.target.value)} />
              </Field>
            ),
          })
        : null}
      {step?.kind === 'remove_passkey'
        ? proofOf(
            'passkeys.remove',
            simply((proof) => actions.removePasskey(step.passkey.id, proof), t('passkeys.removed')),
            { values: { name: step.passkey.name } },
          )
        : null}
      {step?.kind === 'renew_codes'
        ? proofOf('codes.renew', async (proof) => {
            const { value, failure } = await onceShown(CodesDialog, actions.renewCodes)(proof)
            if (failure) return failure
            setStep({ kind: 'codes', codes: value })
            return null
          })
        : null}
      {step?.kind === 'codes' ? <CodesDialog codes={step.codes} onDone={close} /> : null}
    </>
  )
}

interface FactorProps {
  icon: ReactNode
  title: ReactNode
  hint: ReactNode
  children: ReactNode
}

function Factor({ icon, title, hint, children }: FactorProps) {
  return (
    <li className="flex min-w-0 items-center gap-3 py-3">
      <span aria-hidden="true" className="text-muted [&_svg]:size-4">
        {icon}
      </span>
      <div className="grid min-w-0 flex-1">
        <span className="truncate font-medium text-sm">{title}</span>
        <span className="text-muted text-xs">{hint}</span>
      </div>
      {children}
    </li>
  )
}

function Since({ at }: { at: string }) {
  const t = useTranslations('account.secondFactor')
  return (
    <>
      {t('since')} <Time at={at} format="date" />
    </>
  )
}
