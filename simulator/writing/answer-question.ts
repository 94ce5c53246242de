import { chinese } from './chinese.ts'
import { createRandom } from './create-random.ts'
import { english } from './english.ts'
import { hashText } from './hash-text.ts'
import type { Language } from './language.ts'

/** A short, believable answer in the script of the question; the same seed gives the same one. */
export function answerQuestion(question: string, seed: number): string {
  const language = languageOf(question)
  const asked = question.trim()
  for (const [pattern, reply] of language.replies) {
    const match = pattern.exec(asked)
    const answer = match && reply(match)
    if (answer) return answer
  }
  const random = createRandom(hashText(asked, seed))
  const opening = language.openings[Math.floor(random() * language.openings.length)]!
  const first = Math.floor(random() * language.sentences.length)
  const more = random() < 0.5 ? [0] : [0, 1]
  const sentences = more.map((offset) => language.sentences[(first + offset) % language.sentences.length]!)
  return [opening(subjectOf(asked, language)), ...sentences].join(language.space)
}

export function languageOf(question: string): Language {
  return /\p{Script=Han}/u.test(question) ? chinese : english
}

function subjectOf(asked: string, { asking, longestSubject, longSubject }: Language): string {
  const subject = asking.reduce((left, words) => left.replace(words, ''), asked)
  const isShort = subject.length > 0 && subject.length <= longestSubject && !subject.includes('\n')
  return isShort ? subject : longSubject
}
