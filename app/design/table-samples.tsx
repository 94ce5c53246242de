import { Ellipsis } from 'lucide-react'
import { Money } from '#components/money.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { Button } from '#components/ui/button.tsx'
import { Checkbox } from '#components/ui/checkbox.tsx'
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from '#components/ui/dropdown-menu.tsx'
import { PaginationCursor } from '#components/ui/pagination-cursor.tsx'
import { Section } from '#components/ui/section.tsx'
import { SortHead } from '#components/ui/sort-head.tsx'
import { SpendBar } from '#components/ui/spend-bar.tsx'
import { type KeyStatus, StatusBadge } from '#components/ui/status-badge.tsx'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '#components/ui/table.tsx'
import { Time } from '#components/ui/time.tsx'
import type { SampleText } from './sample-text.ts'

const rows: { name: string; status: KeyStatus; spent: string; reserved: string; limit: string | null; ago: number }[] =
  [
    { name: 'thesis-lin', status: 'active', spent: '12.901234', reserved: '1.2', limit: '50', ago: 40 },
    { name: 'agent-benchmark', status: 'active', spent: '84.2', reserved: '2', limit: '100', ago: 3600 },
    { name: 'reading-group', status: 'paused', spent: '3.1', reserved: '0', limit: '20', ago: 86_400 * 3 },
    { name: 'class-2026', status: 'exhausted', spent: '5', reserved: '0', limit: '5', ago: 86_400 * 9 },
    { name: 'ci', status: 'expired', spent: '0.00042', reserved: '0', limit: null, ago: 86_400 * 40 },
    { name: 'old-laptop', status: 'revoked', spent: '0', reserved: '0', limit: '10', ago: 0 },
  ]

export function TableSamples({ text }: { text: SampleText }) {
  return (
    <Section title={text.table}>
      <Table label={text.nav.keys}>
        <TableHeader>
          <TableRow>
            <TableHead className="w-8">
              <Checkbox aria-label={text.nav.keys} defaultChecked="indeterminate" />
            </TableHead>
            <SortHead direction={null} href="/design?sort=name">
              {text.name}
            </SortHead>
            <TableHead>{text.status}</TableHead>
            <TableHead>{text.owner}</TableHead>
            <SortHead direction="descending" href="/design?sort=spend">
              {text.spend}
            </SortHead>
            <SortHead direction={null} href="/design?sort=cost" numeric>
              {text.total}
            </SortHead>
            <SortHead direction={null} href="/design?sort=used" numeric>
              {text.lastUsed}
            </SortHead>
            <TableHead className="w-8">
              <span className="sr-only">{text.details}</span>
            </TableHead>
          </TableRow>
        </TableHeader>
        <TableBody>
          {rows.map((row, index) => (
            <TableRow key={row.name} aria-selected={index === 1}>
              <TableCell>
                <Checkbox aria-label={row.name} defaultChecked={index === 1} />
              </TableCell>
              <TableCell>
                <div className="grid min-w-32">
                  <span className="font-medium">{row.name}</span>
                  <code className="font-mono text-faint text-xs">sk-stp-…{row.name.slice(0, 4)}</code>
                </div>
              </TableCell>
              <TableCell>
                <StatusBadge status={row.status} />
              </TableCell>
              <TableCell className="whitespace-nowrap">
                {text.student} {index === 4 ? <Badge tone="warning">{text.unpriced}</Badge> : null}
              </TableCell>
              <TableCell className="w-48 min-w-36">
                <SpendBar spentUsd={row.spent} reservedUsd={row.reserved} limitUsd={row.limit} />
              </TableCell>
              <TableCell numeric>
                <Money usd={row.spent} />
              </TableCell>
              <TableCell numeric className="text-muted">
                <Time at={row.ago === 0 ? null : new Date(Date.now() - row.ago * 1000).toISOString()} />
              </TableCell>
              <TableCell className="text-right">
                <DropdownMenu>
                  <DropdownMenuTrigger asChild>
                    <Button variant="ghost" size="icon-sm" aria-label={`${text.details}: ${row.name}`}>
                      <Ellipsis />
                    </Button>
                  </DropdownMenuTrigger>
                  <DropdownMenuContent>
                    <DropdownMenuItem>{text.details}</DropdownMenuItem>
                    <DropdownMenuItem>{text.pause}</DropdownMenuItem>
                    <DropdownMenuSeparator />
                    <DropdownMenuItem tone="danger">{text.revoke}</DropdownMenuItem>
                  </DropdownMenuContent>
                </DropdownMenu>
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
      <PaginationCursor summary={text.summary} nextHref="/design?cursor=2" previousHref={null} firstHref="/design" />
    </Section>
  )
}
