'use client'

import './globals.css'
import { useSyncExternalStore } from 'react'
import { Button } from '#components/ui/button.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'

/** The layout itself failed, so nothing of it is here: no messages, no theme. */
const words = {
  en: {
    title: 'Stipend could not be shown',
    description: 'Something failed on our side. Try again; if it keeps failing, tell whoever runs this server.',
    retry: 'Try again',
  },
  'zh-CN': {
    title: 'Stipend 无法显示',
    description: '服务器出了问题。请重试；如果仍然失败，请告诉服务器管理员。',
    retry: '重试',
  },
}

const never = () => () => undefined

export default function GlobalError({ retry }: { error: unknown; retry: () => void }) {
  const locale = useSyncExternalStore(
    never,
    () => (navigator.language.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en'),
    () => 'en' as const,
  )
  const dark = useSyncExternalStore(
    never,
    () => matchMedia('(prefers-color-scheme: dark)').matches,
    () => false,
  )
  const text = words[locale]
  return (
    <html lang={locale} className={dark ? 'dark' : undefined}>
      <body>
        <title>{text.title}</title>
        <main className="grid min-h-dvh place-items-center">
          <EmptyState
            titleAs="h1"
            title={text.title}
            description={text.description}
            action={<Button onClick={() => retry()}>{text.retry}</Button>}
          />
        </main>
      </body>
    </html>
  )
}
