/** What input, textarea, select and combobox share. 16 px on touch, so that iOS does not zoom in. */
export const controlStyle = [
  'w-full min-w-0 rounded-md border border-line-strong bg-background px-2.5 text-foreground text-sm shadow-control transition-colors',
  'hover:border-control dark:bg-sunken',
  'focus-visible:border-ring focus-visible:outline-2 focus-visible:outline-ring/35 focus-visible:outline-offset-0',
  'aria-invalid:border-danger aria-invalid:focus-visible:outline-danger/35',
  'disabled:cursor-not-allowed disabled:bg-sunken disabled:text-faint disabled:shadow-none disabled:hover:border-line-strong',
  'pointer-coarse:text-lg',
].join(' ')
