import { useTranslations } from 'next-intl'

/** How to come by the link that opens set-up. */
export function SetupLinkHelp() {
  const t = useTranslations('auth.closed')
  const code = (text: React.ReactNode) => (
    <code className="rounded-sm bg-sunken px-1 py-0.5 font-mono text-xs">{text}</code>
  )
  return (
    <ol className="grid list-decimal gap-2 pl-5 text-base marker:text-faint">
      <li>{t.rich('look', { code })}</li>
      <li>{t('restart')}</li>
    </ol>
  )
}
