import type { ReactNode } from 'react'
import { LanguageMenu } from './language-menu.tsx'
import type { ChangeLocale } from './languages.ts'
import { Logo } from './logo.tsx'
import { SkipLink } from './skip-link.tsx'
import { ThemeMenu } from './theme-menu.tsx'

export interface AuthShellProps {
  title: ReactNode
  description?: ReactNode
  /** Below the form: another way in. */
  footer?: ReactNode
  /** `wide` for the steps of set-up. */
  width?: 'narrow' | 'wide'
  changeLocale: ChangeLocale
  children: ReactNode
}

/** Where one is before one is anywhere: set-up, sign-in, invitations. */
export function AuthShell({ title, description, footer, width = 'narrow', changeLocale, children }: AuthShellProps) {
  return (
    <div className="flex min-h-dvh flex-col">
      <SkipLink />
      <header className="flex justify-end gap-1 p-3">
        <LanguageMenu changeLocale={changeLocale} />
        <ThemeMenu />
      </header>
      <main
        id="content"
        tabIndex={-1}
        // From the top: in the middle it would move with every line that comes later, and with every problem that is told.
        className={`mx-auto w-full flex-1 px-5 pb-10 outline-none ${width === 'wide' ? 'max-w-xl pt-[5vh]' : 'max-w-[22.5rem] pt-[12vh]'}`}
      >
        <div className="grid gap-7">
          <div className="grid gap-5">
            <Logo className="size-10" />
            <div className="grid gap-1.5">
              <h1 className="font-semibold text-2xl tracking-tight">{title}</h1>
              {description ? <p className="text-base text-muted">{description}</p> : null}
            </div>
          </div>
          {children}
          {footer ? <div className="text-muted text-sm">{footer}</div> : null}
        </div>
      </main>
    </div>
  )
}
