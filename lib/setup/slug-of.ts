import { randomLetters } from './random-letters.ts'

const longest = 40

/** First parts of our own paths, now and as far as can be foreseen; an organization's pages live beside them. */
const reserved = new Set(
  `about account admin alerts api app apps assets audit audio auth billing blog budgets callback chat console dashboard demo completions
  design docs download embeddings favicon healthz help home icon images invite join keys legal login logout manifest me members messages
  metrics models moderations new next null oauth organization organizations playground pricing privacy projects providers public readyz
  register requests rerank reset responses robots root search security settings setup share sign-in sign-out sign-up signin signout signup
  sitemap static status stipend support system team teams terms undefined usage user users v1 v1beta v2 webhooks
  well-known www`.split(/\s+/),
)

/**
 * What an organization is called in URLs, made from its name. A name without Latin letters gives "lab-" and four
 * letters; one that is a path of ours gets "-lab" at its end.
 */
export function slugOf(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-/, '')
    .slice(0, longest)
    .replace(/-$/, '')
  if (reserved.has(plain)) return `${plain}-lab`
  return plain.length >= 2 && /[a-z]/.test(plain) ? plain : `lab-${randomLetters(4)}`
}
