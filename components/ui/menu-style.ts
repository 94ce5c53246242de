/** What floats: menus, lists, popovers. */
export const floatingStyle = [
  'z-50 rounded-lg border border-line bg-surface text-foreground shadow-popover outline-none',
  'data-[state=open]:animate-in data-[state=open]:fade-in-0 data-[state=open]:zoom-in-[0.98] duration-100',
  'data-[state=closed]:animate-out data-[state=closed]:fade-out-0',
].join(' ')

/** One line of a menu or list. On the lighter surface of dark mode, `hover` would not be seen. */
export const itemStyle = [
  'relative flex min-h-8 w-full select-none items-center gap-2 rounded-md px-2 py-1 text-sm outline-none pointer-coarse:min-h-10',
  'data-[highlighted]:bg-hover dark:data-[highlighted]:bg-selected data-[disabled]:pointer-events-none data-[disabled]:opacity-50',
  '[&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-muted',
].join(' ')
