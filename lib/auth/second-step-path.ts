import { safeNext } from './safe-next.ts'

/** The page that asks for the second factor, which leads on to `next`. */
export function secondStepPath(next: string): string {
  const path = safeNext(next)
  return path === '/' ? '/sign-in/verify' : `/sign-in/verify?next=${encodeURIComponent(path)}`
}
