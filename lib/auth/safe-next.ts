const ours = 'http://stipend.invalid'

/** Where to go after sign-in: a path of this console, or the start page for anything that would lead elsewhere. */
export function safeNext(next: string | null | undefined): string {
  if (!next?.startsWith('/') || !URL.canParse(next, ours)) return '/'
  const url = new URL(next, ours)
  const path = url.pathname + url.search + url.hash
  // A browser reads "//host" and "/\host" as another site, also after dots and tabs have been taken out.
  if (url.origin !== ours || path.startsWith('//')) return '/'
  return /^\/(sign-in|setup|api)(\/|\?|#|$)/.test(path) ? '/' : path
}
