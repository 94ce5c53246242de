/** What a channel carries, in plain text. */
export interface Message {
  title: string
  lines: string[]
  /** Where to look at it; null when nobody knows our address. */
  link: string | null
}
