'use client'

import { Plus, Trash2 } from 'lucide-react'
import { Wordmark } from '#components/shell/logo.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { Button } from '#components/ui/button.tsx'
import { Kbd } from '#components/ui/kbd.tsx'
import { Section } from '#components/ui/section.tsx'
import { StatusBadge } from '#components/ui/status-badge.tsx'
import type { SampleText } from './sample-text.ts'

const surfaces = ['background', 'sunken', 'surface', 'hover', 'selected', 'line', 'line-strong', 'control']
const inks = ['foreground', 'muted', 'faint', 'accent-text', 'positive-text', 'warning-text', 'danger-text']
const marks = ['accent', 'positive', 'warning', 'danger']
const charts = [...Array.from({ length: 8 }, (_, index) => `chart-${index + 1}`), 'chart-other']
const sizes = ['text-3xl', 'text-2xl', 'text-xl', 'text-lg', 'text-base', 'text-sm', 'text-xs', 'text-2xs']

export function FoundationSamples({ text }: { text: SampleText }) {
  return (
    <>
      <Section title={text.buttons}>
        <div className="flex flex-wrap items-center gap-2">
          <Button variant="primary">
            <Plus />
            {text.create}
          </Button>
          <Button>{text.pause}</Button>
          <Button variant="ghost">{text.open}</Button>
          <Button variant="danger">
            <Trash2 />
            {text.revoke}
          </Button>
          <Button variant="link">{text.details}</Button>
          <Button variant="primary" pending>
            {text.create}
          </Button>
          <Button disabled>{text.pause}</Button>
          <Button size="sm">{text.pause}</Button>
          <Button size="lg" variant="primary">
            {text.create}
          </Button>
          <Button size="icon" aria-label={text.create}>
            <Plus />
          </Button>
        </div>
      </Section>
      <Section title={text.badges}>
        <div className="flex flex-wrap items-center gap-x-4 gap-y-3">
          <Badge>openai</Badge>
          <Badge tone="accent">{text.owner}</Badge>
          <Badge tone="positive">{text.live}</Badge>
          <Badge tone="warning">{text.unpriced}</Badge>
          <Badge tone="danger">502</Badge>
          <StatusBadge status="active" />
          <StatusBadge status="paused" />
          <StatusBadge status="exhausted" />
          <StatusBadge status="expired" />
          <StatusBadge status="revoked" />
          <Kbd>⌘</Kbd>
          <Kbd>Esc</Kbd>
          <Wordmark />
        </div>
      </Section>
      <Section title={text.type}>
        <div className="grid gap-3">
          {sizes.map((size) => (
            <p key={size} className={size}>
              {text.sentence} <span className="text-faint tabular-nums">$1,284.51 · {size}</span>
            </p>
          ))}
        </div>
      </Section>
      <Section title={text.colors}>
        <div className="grid gap-4">
          <Swatches names={charts} />
          <Swatches names={marks} />
          <Swatches names={surfaces} />
          <div className="flex flex-wrap gap-x-5 gap-y-1 text-sm">
            {inks.map((ink) => (
              <span key={ink} style={{ color: `var(--${ink})` }}>
                {ink}
              </span>
            ))}
          </div>
        </div>
      </Section>
    </>
  )
}

function Swatches({ names }: { names: string[] }) {
  return (
    <ul className="grid grid-cols-[repeat(auto-fill,minmax(6.5rem,1fr))] gap-3">
      {names.map((name) => (
        <li key={name} className="grid gap-1.5 text-muted text-xs">
          <span className="h-9 rounded-md border" style={{ background: `var(--${name})` }} />
          {name}
        </li>
      ))}
    </ul>
  )
}
