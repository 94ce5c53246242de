import type { toast as Toast } from 'sonner'

type Words = Parameters<typeof Toast.success>

/**
 * Says in a corner what became of something. What shows it is not part of a page's first load: nothing is said before
 * somebody acts, and what is said before it has come is kept for it.
 */
export const toast = { success: say('success'), error: say('error') }

let bring: (() => void) | null = null

/** `LateToaster` names here how it is brought. */
export function onFirstToast(act: () => void): void {
  bring = act
}

function say(kind: 'success' | 'error') {
  return async (...words: Words): Promise<void> => {
    bring?.()
    const { toast: show } = await import('sonner')
    show[kind](...words)
  }
}
