import type { ComponentProps } from 'react'
import { type ButtonStyle, buttonStyle } from './button-style.ts'
import { cn } from './cn.ts'
import { Spinner } from './spinner.tsx'

export interface ButtonProps extends ComponentProps<'button'>, ButtonStyle {
  /** Shows a spinner and takes no further press; the width stays. */
  pending?: boolean
}

/** One `primary` per view. A button with an icon alone needs `aria-label`. */
export function Button({ variant, size, pending = false, type = 'button', className, children, ...rest }: ButtonProps) {
  return (
    <button
      type={type}
      {...rest}
      disabled={rest.disabled || pending}
      aria-busy={pending || undefined}
      className={cn(buttonStyle({ variant, size }), 'relative', className)}
    >
      {pending ? (
        <>
          {/* Not `invisible`: what cannot be seen so has no name either. */}
          <span className="contents text-transparent">{children}</span>
          <span className="absolute inset-0 grid place-items-center">
            <Spinner />
          </span>
        </>
      ) : (
        children
      )}
    </button>
  )
}
