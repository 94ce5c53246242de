import type { ReactNode } from 'react'
import { InTimeZone } from '#components/in-time-zone.tsx'
import { allowDesign } from './allow-design.ts'

export default function DesignLayout({ children }: { children: ReactNode }) {
  allowDesign()
  return <InTimeZone timeZone="Asia/Shanghai">{children}</InTimeZone>
}
