'use client'

import { X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Dialog as Primitive } from 'radix-ui'
import type { ComponentProps, ReactNode } from 'react'
import { buttonStyle } from './button-style.ts'
import { cn } from './cn.ts'
import { dialogBodyStyle, dialogFooterStyle, dialogStyle, overlayStyle } from './overlay-style.ts'
import { useOpener } from './use-opener.ts'

export const { Root, Close } = Primitive

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
  const opener = useOpener()
  const hold = dismissible ? undefined : (event: Event) => event.preventDefault()
  return (
    <Primitive.Portal>
      <Primitive.Overlay className={overlayStyle} />
      <Primitive.Content
        {...(description ? {} : { 'aria-describedby': undefined })}
        onEscapeKeyDown={hold}
        onInteractOutside={hold}
        {...opener}
        {...rest}
        className={cn(dialogStyle, widthOfSize[size], className)}
      >
        <div className="grid gap-1 px-5 pt-5 pb-4">
          <Primitive.Title className={cn('font-semibold text-lg', dismissible && 'pr-8')}>{title}</Primitive.Title>
          {description ? (
            <Primitive.Description className="text-muted text-sm">{description}</Primitive.Description>
          ) : null}
        </div>
        <div className={dialogBodyStyle}>{children}</div>
        {footer ? <div className={dialogFooterStyle}>{footer}</div> : null}
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

export interface SheetContentProps extends Omit<ComponentProps<typeof Primitive.Content>, 'title'> {
  title: ReactNode
  description?: ReactNode
  footer?: ReactNode
  side?: 'left' | 'right'
  /** Only for screen readers, when what is inside names itself. */
  titleHidden?: boolean
  /** To be read, not filled in: the focus begins with the sheet itself, not with the first thing in it that takes one. */
  isRead?: boolean
}

/** A drawer for the details of a row, beside the list that it came from. */
export function SheetContent({
  title,
  description,
  footer,
  side = 'right',
  titleHidden = false,
  isRead = false,
  className,
  children,
  ...rest
}: SheetContentProps) {
  const t = useTranslations('ui')
  const opener = useOpener()
  const onOpenAutoFocus = (event: Event) => {
    opener.onOpenAutoFocus()
    if (!isRead) return
    event.preventDefault()
    if (event.currentTarget instanceof HTMLElement) event.currentTarget.focus()
  }
  return (
    <Primitive.Portal>
      <Primitive.Overlay className={overlayStyle} />
      <Primitive.Content
        {...(description ? {} : { 'aria-describedby': undefined })}
        onCloseAutoFocus={opener.onCloseAutoFocus}
        onOpenAutoFocus={onOpenAutoFocus}
        {...rest}
        className={cn(
          'fixed inset-y-0 z-50 flex w-full flex-col bg-surface shadow-dialog outline-none duration-200 ease-out',
          'data-[state=closed]:animate-out data-[state=open]:animate-in',
          side === 'right'
            ? 'right-0 border-l data-[state=closed]:slide-out-to-right data-[state=open]:slide-in-from-right sm:max-w-xl'
            : 'left-0 max-w-[min(18rem,85vw)] border-r data-[state=closed]:slide-out-to-left data-[state=open]:slide-in-from-left',
          className,
        )}
      >
        <div className={cn('grid gap-1 px-5 pt-5 pb-5', titleHidden && 'sr-only')}>
          <Primitive.Title className="pr-8 font-semibold text-lg">{title}</Primitive.Title>
          {description ? (
            <Primitive.Description className="text-muted text-sm">{description}</Primitive.Description>
          ) : null}
        </div>
        <div className={cn('quiet-scroll min-h-0 flex-1 overflow-y-auto', titleHidden ? '' : 'px-5 pb-6')}>
          {children}
        </div>
        {footer ? <div className="flex flex-wrap justify-end gap-2 border-t px-5 py-3">{footer}</div> : null}
        <Primitive.Close
          aria-label={t('close')}
          className={cn(
            buttonStyle({ variant: 'ghost', size: 'icon-sm' }),
            'absolute',
            titleHidden ? 'top-2.5 right-2.5' : 'top-3.5 right-3.5',
          )}
        >
          <X />
        </Primitive.Close>
      </Primitive.Content>
    </Primitive.Portal>
  )
}
