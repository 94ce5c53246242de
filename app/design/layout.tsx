import { NextIntlClientProvider } from 'next-intl'
import type { ReactNode } from 'react'
import { allowDesign } from './allow-design.ts'

export default function DesignLayout({ children }: { children: ReactNode }) {
  allowDesign()
  return <NextIntlClientProvider timeZone="Asia/Shanghai">{children}</NextIntlClientProvider>
}
