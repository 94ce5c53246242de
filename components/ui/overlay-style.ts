/** What lies between a dialog and the page. */
export const overlayStyle =
  'fixed inset-0 z-50 bg-overlay data-[state=open]:animate-in data-[state=closed]:animate-out data-[state=closed]:fade-out-0 data-[state=open]:fade-in-0'

/** The frame of every dialog, of those that ask back, too. */
export const dialogStyle =
  'fixed z-50 flex max-h-[calc(100dvh-2rem)] w-full flex-col border bg-surface shadow-dialog outline-none duration-150 ' +
  'inset-x-0 bottom-0 rounded-t-xl sm:inset-auto sm:top-1/2 sm:left-1/2 sm:-translate-x-1/2 sm:-translate-y-1/2 sm:rounded-xl ' +
  'data-[state=closed]:animate-out data-[state=open]:animate-in data-[state=closed]:fade-out-0 data-[state=open]:fade-in-0 ' +
  'max-sm:data-[state=open]:slide-in-from-bottom-8 sm:data-[state=open]:zoom-in-[0.98]'

export const dialogBodyStyle =
  'quiet-scroll grid min-h-0 flex-1 grid-cols-1 content-start gap-4 overflow-y-auto px-5 pt-0.5 pb-5'

export const dialogFooterStyle = 'flex flex-wrap justify-end gap-2 border-t px-5 py-3'
