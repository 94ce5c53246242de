'use client'

import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { CodeBlock } from '#components/ui/code-block.tsx'
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { Dialog, DialogClose, DialogContent } from '#components/ui/dialog.tsx'
import { Facts } from '#components/ui/facts.tsx'
import { Popover, PopoverContent, PopoverTrigger } from '#components/ui/popover.tsx'
import { Section } from '#components/ui/section.tsx'
import { Sheet, SheetContent } from '#components/ui/sheet.tsx'
import { Tabs, TabsContent, TabsList, TabsTrigger } from '#components/ui/tabs.tsx'
import { toast } from '#components/ui/toast.ts'
import { Tooltip } from '#components/ui/tooltip.tsx'
import { sampleSnippets } from './sample-data.ts'
import type { SampleText } from './sample-text.ts'

export function OverlaySamples({ text }: { text: SampleText }) {
  const [attempts, setAttempts] = useState(0)
  const [open, setOpen] = useState<'dialog' | 'sheet' | 'popover' | null>(null)
  const openAs = (name: typeof open) => ({
    open: open === name,
    onOpenChange: (shown: boolean) => setOpen(shown ? name : null),
  })
  const secret = 'sk-stp-9fQ2mVbT4xKzR7pLw3nHs8dYc6uJx7Lk'
  const facts = [
    { label: text.owner, value: text.student },
    { label: text.models, value: 'gpt-4o, claude-sonnet-4-5' },
    { label: text.expiry, value: text.never },
  ]
  return (
    <Section title={text.overlays}>
      <div className="flex flex-wrap gap-2">
        <Button data-sample="dialog" onClick={() => setOpen('dialog')}>
          {text.secretTitle}
        </Button>
        <Dialog {...openAs('dialog')}>
          <DialogContent
            title={text.secretTitle}
            description={text.secretText}
            size="lg"
            dismissible={false}
            footer={
              <DialogClose asChild>
                <Button variant="primary">{text.done}</Button>
              </DialogClose>
            }
          >
            <div className="flex items-center gap-2 rounded-lg bg-accent-soft py-1.5 pr-1.5 pl-3">
              <code className="min-w-0 flex-1 select-all break-all font-mono text-sm">{secret}</code>
              <CopyButton value={secret} />
            </div>
            <CodeBlock samples={sampleSnippets} label={text.code} />
          </DialogContent>
        </Dialog>
        <ConfirmDialog
          trigger={<Button data-sample="confirm">{text.revoke}</Button>}
          title={text.revokeTitle}
          description={text.revokeText}
          confirmLabel={text.revoke}
          tone="danger"
          phrase="thesis-lin"
          onConfirm={async () => {
            setAttempts(attempts + 1)
            return attempts === 0 ? { error: text.failed } : undefined
          }}
        />
        <Button data-sample="sheet" onClick={() => setOpen('sheet')}>
          {text.details}
        </Button>
        <Sheet {...openAs('sheet')}>
          <SheetContent title="thesis-lin" description={text.sentence} footer={<Button>{text.pause}</Button>}>
            <Facts facts={facts} />
          </SheetContent>
        </Sheet>
        <Popover {...openAs('popover')}>
          <PopoverTrigger>
            <Button>{text.models}</Button>
          </PopoverTrigger>
          <PopoverContent>{text.emptyText}</PopoverContent>
        </Popover>
        <Tooltip content={text.nameHint}>
          <Button>{text.name}</Button>
        </Tooltip>
        <Button onClick={() => toast.success(text.saved, { description: text.secretText })} data-sample="toast">
          {text.saved}
        </Button>
        <Button onClick={() => toast.error(text.failed)}>{text.feedback}</Button>
      </div>
      <Tabs defaultValue="details" className="grid grid-cols-1 gap-4">
        <TabsList aria-label={text.details}>
          <TabsTrigger value="details">{text.details}</TabsTrigger>
          <TabsTrigger value="requests">{text.requests}</TabsTrigger>
          <TabsTrigger value="code">{text.code}</TabsTrigger>
        </TabsList>
        <TabsContent value="details">
          <Facts facts={facts} className="max-w-xl" />
        </TabsContent>
        <TabsContent value="requests">{text.noneSelected}</TabsContent>
        <TabsContent value="code">
          <CodeBlock samples={[sampleSnippets[0]]} label={text.code} />
        </TabsContent>
      </Tabs>
      <div className="grid grid-cols-1 gap-6 lg:grid-cols-2">
        <CodeBlock samples={sampleSnippets} label={text.code} />
        <CodeBlock samples={[{ label: 'secret', code: secret }]} label={text.secretTitle} className="self-start" />
      </div>
    </Section>
  )
}
