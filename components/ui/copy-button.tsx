'use client'

import { Check, Copy } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { Button, type ButtonProps } from './button.tsx'
import { toast } from './toast.ts'

export interface CopyButtonProps extends Omit<ButtonProps, 'value' | 'onClick' | 'children'> {
  value: string
  /** Shown beside the icon; without it the button is the icon alone. */
  label?: string
  onCopied?: () => void
}

const shownMs = 1600

export function CopyButton({ value, label, onCopied, variant = 'ghost', size, ...rest }: CopyButtonProps) {
  const t = useTranslations('ui')
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), shownMs)
    return () => clearTimeout(timer)
  }, [copied])
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(value)
      setCopied(true)
      onCopied?.()
    } catch {
      toast.error(t('copyFailed'))
    }
  }
  return (
    <Button
      {...rest}
      variant={variant}
      size={size ?? (label ? 'md' : 'icon-sm')}
      aria-label={label ? undefined : (rest['aria-label'] ?? t('copy'))}
      onClick={copy}
    >
      {copied ? <Check className="text-positive-text" /> : <Copy />}
      {label ? (copied ? t('copied') : label) : null}
      <span aria-live="polite" className="sr-only">
        {copied ? t('copied') : ''}
      </span>
    </Button>
  )
}
