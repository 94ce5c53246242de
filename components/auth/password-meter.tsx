'use client'

import { useTranslations } from 'next-intl'
import { type PasswordStrength, passwordLength, passwordStrength } from '#lib/core/password.ts'
import { cn } from '../ui/cn.ts'

const look: Record<PasswordStrength, { steps: number; bar: string }> = {
  short: { steps: 0, bar: '' },
  weak: { steps: 1, bar: 'bg-danger' },
  fair: { steps: 2, bar: 'bg-warning' },
  strong: { steps: 3, bar: 'bg-positive' },
}

/** How good a new password is, while it is typed. */
export function PasswordMeter({ password }: { password: string }) {
  const t = useTranslations('auth.strength')
  const strength = passwordStrength(password)
  const { steps, bar } = look[strength]
  return (
    <span className="flex items-center gap-2.5">
      <span aria-hidden="true" className="flex gap-1">
        {[1, 2, 3].map((step) => (
          <span
            key={step}
            className={cn('h-1 w-8 rounded-full transition-colors', step <= steps ? bar : 'bg-line-strong')}
          />
        ))}
      </span>
      <span aria-live="polite">{t(strength, { count: passwordLength.min - password.length })}</span>
    </span>
  )
}
