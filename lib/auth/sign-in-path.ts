import { safeNext } from './safe-next.ts'

/** The sign-in page, which leads on to `next`. */
export function signInPath(next: string): string {
  const path = safeNext(next)
  return path === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(path)}`
}
