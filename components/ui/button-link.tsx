import Link from 'next/link'
import type { ComponentProps } from 'react'
import { type ButtonStyle, buttonStyle } from './button-style.ts'
import { cn } from './cn.ts'

export interface ButtonLinkProps extends ComponentProps<typeof Link>, ButtonStyle {}

/** Goes somewhere, looks like a button. */
export function ButtonLink({ variant, size, className, ...rest }: ButtonLinkProps) {
  return <Link {...rest} className={cn(buttonStyle({ variant, size }), className)} />
}
