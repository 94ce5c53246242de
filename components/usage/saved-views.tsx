'use client'

import { Bookmark, X } from 'lucide-react'
import Link from 'next/link'
import { useRouter, useSearchParams } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { type FormEvent, useId, useState, useTransition } from 'react'
import type { ActionResult } from '../action-result.ts'
import { failureText } from '../failure-text.ts'
import { Button } from '../ui/button.tsx'
import { Callout } from '../ui/callout.tsx'
import { Checkbox } from '../ui/checkbox.tsx'
import { cn } from '../ui/cn.ts'
import { Dialog, DialogClose, DialogContent } from '../ui/dialog.tsx'
import { Field } from '../ui/field.tsx'
import { Input } from '../ui/input.tsx'

export interface SavedViewFacts {
  id: string
  name: string
  /** What follows the "?" of the page. */
  query: string
  isShared: boolean
  /** Made by whoever looks, who alone may remove it. */
  isOwn: boolean
}

interface SavedViewsProps {
  path: string
  views: readonly SavedViewFacts[]
  save: (draft: { name: string; query: string; isShared: boolean }) => Promise<ActionResult<unknown>>
  remove: (id: string) => Promise<ActionResult<unknown>>
}

/** Questions asked again and again, by name: one's own and those that colleagues share. */
export function SavedViews({ path, views, save, remove }: SavedViewsProps) {
  const t = useTranslations('usage.views')
  const router = useRouter()
  const search = useSearchParams()
  const query = search.toString()
  const [isOpen, setOpen] = useState(false)
  const [pending, start] = useTransition()
  return (
    <nav aria-label={t('label')} className="flex flex-wrap items-center gap-1.5">
      {views.map((view) => (
        <span
          key={view.id}
          className={cn(
            'inline-flex h-7 items-center rounded-md border text-xs',
            view.query === query && 'border-accent bg-accent-soft',
          )}
        >
          <Link
            href={`${path}?${view.query}`}
            aria-current={view.query === query ? 'true' : undefined}
            title={view.isShared ? t('shared') : undefined}
            className="flex h-full items-center rounded-md px-2.5"
          >
            {view.name}
          </Link>
          {view.isOwn ? (
            <button
              type="button"
              aria-label={t('remove', { name: view.name })}
              disabled={pending}
              onClick={() =>
                start(async () => {
                  await remove(view.id)
                  router.refresh()
                })
              }
              className="grid h-full w-6 place-items-center rounded-md text-muted hover:text-foreground"
            >
              <X className="size-3" />
            </button>
          ) : null}
        </span>
      ))}
      <Button variant="ghost" size="sm" onClick={() => setOpen(true)}>
        <Bookmark />
        {t('save')}
      </Button>
      <Dialog open={isOpen} onOpenChange={setOpen}>
        {isOpen ? (
          <SaveDialog
            save={(draft) => save({ ...draft, query })}
            onSaved={() => {
              setOpen(false)
              router.refresh()
            }}
          />
        ) : null}
      </Dialog>
    </nav>
  )
}

interface SaveDialogProps {
  save: (draft: { name: string; isShared: boolean }) => Promise<ActionResult<unknown>>
  onSaved: () => void
}

function SaveDialog({ save, onSaved }: SaveDialogProps) {
  const t = useTranslations('usage.views')
  const common = useTranslations('common')
  const failed = useTranslations('console.failure')
  const formId = useId()
  const [pending, start] = useTransition()
  const [name, setName] = useState('')
  const [isShared, setShared] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!name.trim()) return setProblem(t('nameMissing'))
    start(async () => {
      const { failure } = await save({ name: name.trim(), isShared })
      if (failure) setProblem(failureText(failed, failure))
      else onSaved()
    })
  }
  return (
    <DialogContent
      size="sm"
      title={t('save')}
      description={t('description')}
      footer={
        <>
          <DialogClose asChild>
            <Button disabled={pending}>{common('cancel')}</Button>
          </DialogClose>
          <Button variant="primary" type="submit" form={formId} pending={pending}>
            {t('save')}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} noValidate className="grid grid-cols-1 gap-4">
        <Field label={t('name')} required>
          <Input maxLength={60} value={name} onChange={(event) => setName(event.target.value)} />
        </Field>
        <Field layout="inline" label={t('share')}>
          <Checkbox checked={isShared} onCheckedChange={(checked) => setShared(checked === true)} />
        </Field>
        {problem ? <Callout tone="danger">{problem}</Callout> : null}
      </form>
    </DialogContent>
  )
}
