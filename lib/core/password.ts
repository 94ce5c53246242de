/** Length is what makes a password strong; the upper bound keeps hashing cheap. */
export const passwordLength = { min: 10, max: 256 } as const

export type PasswordStrength = 'short' | 'weak' | 'fair' | 'strong'

const known = /pass(word|wort)?|qwert[yz]|letmein|welcome|admin|stipend|woaini|iloveyou/g

/** A hint while typing, not a rule: how far a guesser would have to go who knows runs, repeats and common words. */
export function passwordStrength(password: string): PasswordStrength {
  if (password.length < passwordLength.min) return 'short'
  const surprising = [...password.toLowerCase().replace(known, '·')].filter((character, index, all) => {
    const step = character.codePointAt(0)! - (all[index - 1]?.codePointAt(0) ?? 0)
    return Math.abs(step) > 1
  })
  const length = Math.min(surprising.length, 2 * new Set(surprising).size)
  const bits = length * Math.log2(alphabetOf(password))
  if (bits < 45) return 'weak'
  return bits < 70 ? 'fair' : 'strong'
}

function alphabetOf(password: string): number {
  const sets: [RegExp, number][] = [
    [/[a-z]/, 26],
    [/[A-Z]/, 26],
    [/\d/, 10],
    [/[ -/:-@[-`{-~]/, 33],
    [/[^ -~]/, 1_000],
  ]
  return sets.reduce((size, [set, count]) => size + (set.test(password) ? count : 0), 1)
}
