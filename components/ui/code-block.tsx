'use client'

import { Tabs as Primitive } from 'radix-ui'
import { useState } from 'react'
import { cn } from './cn.ts'
import { CopyButton } from './copy-button.tsx'

export interface CodeSample {
  /** The tab: "curl", "Python". */
  label: string
  code: string
}

export interface CodeBlockProps {
  /** With more than one there are tabs. */
  samples: readonly [CodeSample, ...CodeSample[]]
  /** Names the block for screen readers. */
  label: string
  className?: string
}

/** What to paste elsewhere. Plain text: nothing is lost by copying it. */
export function CodeBlock({ samples, label, className }: CodeBlockProps) {
  const [tab, setTab] = useState(samples[0].label)
  const shown = samples.find((sample) => sample.label === tab) ?? samples[0]
  const single = samples.length === 1
  return (
    <Primitive.Root
      value={shown.label}
      onValueChange={setTab}
      className={cn('group relative min-w-0 overflow-hidden rounded-lg border bg-sunken', className)}
    >
      {single ? null : (
        <Primitive.List aria-label={label} className="quiet-scroll flex gap-4 overflow-x-auto border-b px-3 pr-12">
          {samples.map((sample) => (
            <Primitive.Trigger
              key={sample.label}
              value={sample.label}
              className="h-9 shrink-0 whitespace-nowrap text-muted text-xs transition-colors hover:text-foreground focus-visible:-outline-offset-2 data-[state=active]:font-medium data-[state=active]:text-foreground data-[state=active]:shadow-[inset_0_-2px_0_var(--accent)]"
            >
              {sample.label}
            </Primitive.Trigger>
          ))}
        </Primitive.List>
      )}
      {samples.map((sample) => (
        <Primitive.Content
          key={sample.label}
          value={sample.label}
          {...(single ? { role: 'group', 'aria-label': label, 'aria-labelledby': undefined } : {})}
          className={cn('quiet-scroll max-h-96 overflow-auto p-3 focus-visible:-outline-offset-2', single && 'pr-12')}
        >
          <pre className="w-max font-mono text-xs leading-5">
            <code>{sample.code}</code>
          </pre>
        </Primitive.Content>
      ))}
      <CopyButton
        value={shown.code}
        className="absolute top-1 right-1 bg-sunken pointer-coarse:top-0 pointer-coarse:right-0"
      />
    </Primitive.Root>
  )
}
