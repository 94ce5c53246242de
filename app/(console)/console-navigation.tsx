import {
  Bell,
  BookOpen,
  Boxes,
  Cable,
  ChartNoAxesColumn,
  ChartSpline,
  CircleDollarSign,
  CodeXml,
  FolderKanban,
  KeyRound,
  ListTree,
  MessageSquare,
  Plus,
  Route as RouteIcon,
  ScrollText,
  Settings,
  Users,
  WalletMinimal,
} from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import type { ShellCommand } from '#components/shell/command-palette.tsx'
import type { NavGroup, NavItem } from '#components/shell/navigation.ts'
import { Badge } from '#components/ui/badge.tsx'
import type { SignedInMember } from '#lib/auth/find-member.ts'
import { type Permission, roleMay } from '#lib/auth/permissions.ts'
import { countOpenAsks } from '#lib/budgets/count-open-asks.ts'

interface ConsoleNavigation {
  navigation: NavGroup[]
  commands: ShellCommand[]
}

/** Where this member may go and what they may do from anywhere; nothing that would end in a refusal. */
export async function consoleNavigation(member: SignedInMember, mineHref: string): Promise<ConsoleNavigation> {
  const t = await getTranslations('console')
  const at = (path: string) => `/${member.organization.slug}${path}`
  const allow = <T,>(permission: Permission, entry: T): T[] => (roleMay(member.role, permission) ? [entry] : [])
  const mine: NavItem = { href: mineHref, label: t('nav.mine'), icon: <WalletMinimal />, shortcut: 'i', match: 'exact' }
  const openAsks = roleMay(member.role, 'budgets.change') ? await countOpenAsks(member) : 0
  const requests: NavItem = { href: at('/requests'), label: t('nav.requests'), icon: <ListTree />, shortcut: 'r' }
  const usage: NavItem = { href: at('/usage'), label: t('nav.usage'), icon: <ChartSpline />, shortcut: 'e' }
  const help: NavItem = { href: at('/help'), label: t('nav.help'), icon: <BookOpen />, shortcut: 'h' }
  const models: NavItem = { href: at('/models'), label: t('nav.models'), icon: <Boxes />, shortcut: 'm' }
  const playground = allow('keys.use_own', {
    href: at('/playground'),
    label: t('nav.playground'),
    icon: <MessageSquare />,
    shortcut: 'y',
  })
  // Whoever may see no more than what is their own begins there.
  const navigation: NavGroup[] = !roleMay(member.role, 'usage.read')
    ? [{ items: [mine, ...playground, usage, requests, models, help] }]
    : [
        {
          items: [
            { href: at(''), label: t('nav.overview'), icon: <ChartNoAxesColumn />, shortcut: 'o', match: 'exact' },
            ...allow('keys.read', { href: at('/keys'), label: t('nav.keys'), icon: <KeyRound />, shortcut: 'k' }),
            ...allow('projects.read', {
              href: at('/projects'),
              label: t('nav.projects'),
              icon: <FolderKanban />,
              shortcut: 'p',
            }),
            usage,
            ...allow('projects.read', {
              href: at('/budgets'),
              label: t('nav.budgets'),
              icon: <CircleDollarSign />,
              shortcut: 'b',
              badge:
                openAsks > 0 ? (
                  <Badge tone="accent">
                    <span aria-hidden="true">{openAsks}</span>
                    <span className="sr-only">{t('nav.waiting', { count: openAsks })}</span>
                  </Badge>
                ) : undefined,
            }),
            requests,
            ...playground,
            ...allow('alerts.read', { href: at('/alerts'), label: t('nav.alerts'), icon: <Bell />, shortcut: 'a' }),
            mine,
          ],
        },
        {
          label: t('nav.setup'),
          items: [
            models,
            ...allow('providers.read', {
              href: at('/providers'),
              label: t('nav.providers'),
              icon: <Cable />,
              shortcut: 'v',
            }),
            ...allow('providers.read', {
              href: at('/routing'),
              label: t('nav.routing'),
              icon: <RouteIcon />,
              shortcut: 't',
            }),
            ...allow('members.read', { href: at('/members'), label: t('nav.members'), icon: <Users />, shortcut: 'u' }),
            ...allow('audit.read', { href: at('/audit'), label: t('nav.audit'), icon: <ScrollText />, shortcut: 'l' }),
            ...allow('organization.change', {
              href: at('/settings'),
              label: t('nav.settings'),
              icon: <Settings />,
              shortcut: 's',
            }),
          ],
        },
        {
          label: t('nav.learn'),
          items: [help, { href: at('/api-reference'), label: t('nav.reference'), icon: <CodeXml />, shortcut: 'd' }],
        },
      ]
  const create = (href: string, label: string, keywords: string[]): ShellCommand => ({
    href: at(href),
    label,
    icon: <Plus />,
    keywords: [...keywords, 'new', 'add', 'create', '新建', '添加', '创建'],
  })
  return {
    navigation,
    commands: [
      ...allow('keys.change', create('/keys/new', t('commands.newKey'), ['key', '密钥'])),
      ...allow('projects.change', create('/projects/new', t('commands.newProject'), ['project', '项目'])),
      ...allow('providers.change', create('/providers?new=1', t('commands.newProvider'), ['provider', '供应商'])),
      ...allow('models.change', create('/models/new', t('commands.newModel'), ['model', '模型'])),
    ],
  }
}
