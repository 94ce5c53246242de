/** What the vendor knows to say in one language. */
export interface Language {
  /** Questions with an answer of their own; null: it is no such question after all. */
  replies: readonly (readonly [question: RegExp, answer: (match: RegExpExecArray) => string | null])[]
  /** Takes the asking off a question, so that its subject is left. */
  asking: readonly RegExp[]
  /** Stands for a subject that is too long to be repeated. */
  longSubject: string
  longestSubject: number
  /** First sentences about a subject. */
  openings: readonly ((subject: string) => string)[]
  /** Sentences that go with anything. */
  sentences: readonly string[]
  /** Between two sentences. */
  space: string
}
