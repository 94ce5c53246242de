import { safeNext } from './safe-next.ts'

/** The sign-in page, which leads on to `next`. */
export function signInPath(next: string): string {
  // What Next adds when it fetches a page's data is no part of the page's address.
  const path = safeNext(next.replace(/[?&]_rsc=[^&#]*/, ''))
  return path === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(path)}`
}
