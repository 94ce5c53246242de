'use client'

import { Building2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState, useTransition } from 'react'
import { Button, type ButtonProps } from '../ui/button.tsx'
import { Callout } from '../ui/callout.tsx'

interface SignOnButtonProps extends Pick<ButtonProps, 'size'> {
  label: string
  /** Where it leads afterwards. */
  next: string
}

/** Leads to the issuer that vouches for people. A form would not: the page's policy lets forms go to this server alone. */
export function SignOnButton({ label, next, size }: SignOnButtonProps) {
  const t = useTranslations('auth.signOn')
  const [failed, setFailed] = useState(false)
  const [pending, start] = useTransition()
  const leave = () =>
    start(async () => {
      const url = await askForIssuer(next).catch(() => null)
      if (url === null) setFailed(true)
      else window.location.assign(url)
    })
  return (
    <div className="grid gap-3">
      <Button size={size} onClick={leave} pending={pending}>
        <Building2 />
        {label}
      </Button>
      {failed && !pending ? <Callout tone="danger">{t('away')}</Callout> : null}
    </div>
  )
}

async function askForIssuer(next: string): Promise<string> {
  const { csrfToken } = await (await fetch('/api/auth/csrf')).json()
  const body = new URLSearchParams({ csrfToken, callbackUrl: new URL(next, window.location.origin).toString() })
  const answer = await fetch('/api/auth/signin/oidc', {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams([...body, ['json', 'true']]),
  })
  const { url } = await answer.json()
  if (typeof url !== 'string') throw new Error('no address')
  return url
}
