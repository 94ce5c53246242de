'use client'

import { Slot } from 'radix-ui'
import { type ComponentProps, createContext, type KeyboardEvent, type PointerEvent, useContext, useState } from 'react'
import type * as Parts from './dropdown-menu-parts.tsx'
import { fetchQuietly, late } from './late.ts'
import { useLate } from './use-late.ts'

const menuParts = late(() => import('./dropdown-menu-parts.tsx'))

/** Until it is first opened a menu is its button alone. */
interface Menu {
  parts: typeof Parts | null
  /** By which means it was opened first; keys go to the first item at once. */
  openedBy: 'pointer' | 'keys' | null
  open: (by: 'pointer' | 'keys') => void
}

const MenuContext = createContext<Menu>({ parts: null, openedBy: null, open: () => undefined })

export function DropdownMenu({ children }: ComponentProps<typeof Parts.Root>) {
  const [openedBy, open] = useState<Menu['openedBy']>(null)
  const parts = useLate(menuParts, openedBy !== null)
  return (
    <MenuContext value={{ parts, openedBy, open }}>
      {parts ? <parts.Root defaultOpen>{children}</parts.Root> : children}
    </MenuContext>
  )
}

const openingKeys = ['Enter', ' ', 'ArrowDown']

/** With `asChild` it is the button inside. */
export function DropdownMenuTrigger({ asChild = false, ...rest }: ComponentProps<typeof Parts.Trigger>) {
  const { parts, open } = useContext(MenuContext)
  if (parts) return <parts.Trigger asChild={asChild} {...rest} />
  const Button = asChild ? Slot.Root : 'button'
  return (
    <Button
      type="button"
      aria-haspopup="menu"
      aria-expanded={false}
      data-state="closed"
      {...rest}
      onPointerEnter={() => fetchQuietly(menuParts)}
      onFocus={() => fetchQuietly(menuParts)}
      onPointerDown={(event: PointerEvent) => {
        if (event.button !== 0 || event.ctrlKey) return
        event.preventDefault()
        open('pointer')
      }}
      onKeyDown={(event: KeyboardEvent) => {
        if (!openingKeys.includes(event.key)) return
        event.preventDefault()
        open('keys')
      }}
    />
  )
}

export function DropdownMenuContent(props: ComponentProps<typeof Parts.Content>) {
  const { parts, openedBy } = useContext(MenuContext)
  const [isFresh, setFresh] = useState(true)
  return parts ? (
    <parts.Content
      {...props}
      onFocus={(event) => {
        if (!isFresh || event.target !== event.currentTarget) return
        setFresh(false)
        if (openedBy === 'keys') firstItemOf(event.currentTarget)?.focus()
      }}
    />
  ) : null
}

function firstItemOf(menu: HTMLElement): HTMLElement | null {
  return menu.querySelector('[role^="menuitem"]:not([data-disabled])')
}

/** With `asChild` it may be a link. */
export function DropdownMenuItem(props: Parts.ItemProps) {
  const { parts } = useContext(MenuContext)
  return parts ? <parts.Item {...props} /> : null
}

export function DropdownMenuRadioGroup(props: ComponentProps<typeof Parts.RadioGroup>) {
  const { parts } = useContext(MenuContext)
  return parts ? <parts.RadioGroup {...props} /> : null
}

export function DropdownMenuRadioItem(props: ComponentProps<typeof Parts.RadioItem>) {
  const { parts } = useContext(MenuContext)
  return parts ? <parts.RadioItem {...props} /> : null
}

export function DropdownMenuLabel(props: ComponentProps<typeof Parts.Label>) {
  const { parts } = useContext(MenuContext)
  return parts ? <parts.Label {...props} /> : null
}

export function DropdownMenuSeparator(props: ComponentProps<typeof Parts.Separator>) {
  const { parts } = useContext(MenuContext)
  return parts ? <parts.Separator {...props} /> : null
}
