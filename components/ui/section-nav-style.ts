/** The parts of a page: a row with a line below on a phone, a list on a desk. */
export const sectionRowStyle =
  'quiet-scroll relative flex gap-5 overflow-x-auto border-b lg:grid lg:gap-px lg:overflow-visible lg:border-0'

export const sectionLinkStyle =
  'flex h-10 items-center whitespace-nowrap text-muted text-sm transition-colors hover:text-foreground focus-visible:-outline-offset-2 ' +
  'aria-[current]:font-medium aria-[current]:text-foreground max-lg:aria-[current]:shadow-[inset_0_-2px_0_var(--accent)] ' +
  'lg:h-8 lg:rounded-md lg:px-2.5 lg:aria-[current]:bg-selected lg:hover:bg-hover'
