import { cva, type VariantProps } from 'class-variance-authority'

/** The look of a button, for what is one (`Button`) and what only looks like one (`ButtonLink`). */
export const buttonStyle = cva(
  [
    'inline-flex shrink-0 select-none items-center justify-center gap-1.5 whitespace-nowrap rounded-md font-medium transition-colors',
    'disabled:pointer-events-none disabled:opacity-50 aria-disabled:pointer-events-none aria-disabled:opacity-50',
    '[&_svg]:size-4 [&_svg]:shrink-0',
  ],
  {
    variants: {
      variant: {
        primary: 'bg-accent text-accent-ink shadow-control hover:bg-accent-hover',
        secondary:
          'border border-line-strong bg-background text-foreground shadow-control hover:bg-hover dark:bg-surface',
        ghost: 'text-muted hover:bg-hover hover:text-foreground data-[state=open]:bg-hover',
        danger: 'bg-danger-fill text-accent-ink shadow-control hover:bg-danger-hover',
        link: 'h-auto rounded-sm px-0 text-accent-text underline-offset-4 hover:underline',
      },
      size: {
        sm: 'h-7 px-2.5 text-xs pointer-coarse:h-9',
        md: 'h-8 px-3 text-sm pointer-coarse:h-10',
        lg: 'h-10 px-4 text-base',
        icon: 'size-8 pointer-coarse:size-10',
        'icon-sm': 'size-7 pointer-coarse:size-9',
      },
    },
    compoundVariants: [{ variant: 'link', className: 'h-auto px-0 pointer-coarse:h-auto' }],
    defaultVariants: { variant: 'secondary', size: 'md' },
  },
)

export type ButtonStyle = VariantProps<typeof buttonStyle>
