import type { ReactNode } from 'react'
import { currentMember } from '#lib/auth/current-member.ts'
import { ConsoleShell } from '../console-shell.tsx'

interface OrganizationLayoutProps {
  children: ReactNode
  params: Promise<{ organization: string }>
}

/** A frame and no gate: every page and action asks for the member itself. */
export default async function OrganizationLayout({ children, params }: OrganizationLayoutProps) {
  const { organization } = await params
  return <ConsoleShell member={await currentMember(organization)}>{children}</ConsoleShell>
}
