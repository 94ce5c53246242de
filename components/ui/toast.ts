import type { toast as Toast } from 'sonner'
import { insist, late } from './late.ts'

type Words = Parameters<typeof Toast.success>

/**
 * Says in a corner what became of something. What shows it is no part of a page's first load: nothing is said before
 * somebody acts, and what is said before it has come is kept for it.
 */
export const toast = { success: say('success'), error: say('error') }

export const toasterModule = late(() => import('./toaster.tsx'))

let mount: (() => void) | null = null

/** `LateToaster` names here how it is mounted. */
export function onFirstToast(act: () => void): void {
  mount = act
}

function say(kind: 'success' | 'error') {
  return async (...words: Words): Promise<void> => {
    mount?.()
    const module = await insist(toasterModule)
    module?.show[kind](...words)
  }
}
