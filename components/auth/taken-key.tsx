'use client'

import { useTranslations } from 'next-intl'
import { ButtonLink } from '../ui/button-link.tsx'
import { CodeBlock } from '../ui/code-block.tsx'
import { CopyButton } from '../ui/copy-button.tsx'

interface TakenKeyProps {
  name: string
  secret: string
  baseUrl: string
}

/** The secret of a key that was just taken; it is on this screen and nowhere else. */
export function TakenKey({ name, secret, baseUrl }: TakenKeyProps) {
  const t = useTranslations('auth.join.taken')
  return (
    <div className="grid gap-5">
      <div className="grid gap-1.5">
        <span className="font-medium text-sm">{t('label', { name })}</span>
        <div className="flex items-center gap-2 rounded-lg bg-accent-soft py-1.5 pr-1.5 pl-3">
          <code className="min-w-0 flex-1 select-all break-all font-mono text-sm">{secret}</code>
          <CopyButton value={secret} />
        </div>
      </div>
      <CodeBlock
        label={t('try')}
        samples={[{ label: 'bash', code: `export OPENAI_BASE_URL=${baseUrl}\nexport OPENAI_API_KEY=${secret}` }]}
      />
      <ButtonLink href="/me" variant="primary" size="lg">
        {t('done')}
      </ButtonLink>
    </div>
  )
}
