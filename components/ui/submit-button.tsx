'use client'

import { useFormStatus } from 'react-dom'
import { Button, type ButtonProps } from './button.tsx'

/** The `primary` button of a form with a server action; pending while the action runs. */
export function SubmitButton({ variant = 'primary', ...rest }: Omit<ButtonProps, 'type' | 'pending'>) {
  const { pending } = useFormStatus()
  return <Button {...rest} variant={variant} type="submit" pending={pending} />
}
