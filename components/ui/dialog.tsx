'use client'

import { X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Dialog as Primitive } from 'radix-ui'
import type { ComponentProps, ReactNode } from 'react'
import { buttonStyle } from './button-style.ts'
import { cn } from './cn.ts'

export const Dialog = Primitive.Root
export const DialogTrigger = Primitive.Trigger
export const DialogClose = Primitive.Close

export const overlayStyle =
  'fixed inset-0 z-50 bg-overlay data-[state=open]:animate-in data-[state=closed]:animate-out data-[state=closed]:fade-out-0 data-[state=open]:fade-in-0'

export interface DialogContentProps extends Omit<ComponentProps<typeof Primitive.Content>, 'title'> {
  title: ReactNode
  description?: ReactNode
  /** Buttons, right aligned, the primary one last. */
  footer?: ReactNode
  size?: 'sm' | 'md' | 'lg'
  /** false: no cross, no Escape, no click outside — only what is inside closes it (a secret shown once). */
  dismissible?: boolean
}

const widthOfSize = { sm: 'sm:max-w-sm', md: 'sm:max-w-lg', lg: 'sm:max-w-2xl' }

/** Centred on a desk, from below on a phone. The body scrolls; title and footer stay. */
export function DialogContent({
  title,
  description,
  footer,
  size = 'md',
  dismissible = true,
  className,
  children,
  ...rest
}: DialogContentProps) {
  const t = useTranslations('ui')
  const hold = dismissible ? undefined : (event: Event) => event.preventDefault()
  return (
    <Primitive.Portal>
      <Primitive.Overlay className={overlayStyle} />
      <Primitive.Content
        {...(description ? {} : { 'aria-describedby': undefined })}
        onEscapeKeyDown={hold}
        onInteractOutside={hold}
        {...rest}
        className={cn(
          'fixed z-50 flex max-h-[calc(100dvh-2rem)] w-full flex-col border bg-surface shadow-dialog outline-none duration-150',
          'inset-x-0 bottom-0 rounded-t-xl sm:inset-auto sm:top-1/2 sm:left-1/2 sm:-translate-x-1/2 sm:-translate-y-1/2 sm:rounded-xl',
          'data-[state=closed]:animate-out data-[state=open]:animate-in data-[state=closed]:fade-out-0 data-[state=open]:fade-in-0',
          'max-sm:data-[state=open]:slide-in-from-bottom-8 sm:data-[state=open]:zoom-in-[0.98]',
          widthOfSize[size],
          className,
        )}
      >
        <div className="grid gap-1 px-5 pt-5 pb-4">
          <Primitive.Title className={cn('font-semibold text-lg', dismissible && 'pr-8')}>{title}</Primitive.Title>
          {description ? (
            <Primitive.Description className="text-muted text-sm">{description}</Primitive.Description>
          ) : null}
        </div>
        <div className="quiet-scroll grid min-h-0 flex-1 grid-cols-1 content-start gap-4 overflow-y-auto px-5 pt-0.5 pb-5">
          {children}
        </div>
        {footer ? <div className="flex flex-wrap justify-end gap-2 border-t px-5 py-3">{footer}</div> : null}
        {dismissible ? (
          <Primitive.Close
            aria-label={t('close')}
            className={cn(buttonStyle({ variant: 'ghost', size: 'icon-sm' }), 'absolute top-3.5 right-3.5')}
          >
            <X />
          </Primitive.Close>
        ) : null}
      </Primitive.Content>
    </Primitive.Portal>
  )
}
