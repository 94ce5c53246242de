/** Remembers what was made of texts, up to so many characters of them; the longest unused goes first. */
export function createMemory<Made>(make: (text: string) => Made, mostCharacters: number): (text: string) => Made {
  const made = new Map<string, Made>()
  let characters = 0
  return (text) => {
    const known = made.get(text)
    if (known !== undefined) {
      made.delete(text)
      made.set(text, known)
      return known
    }
    const value = make(text)
    if (text.length > mostCharacters) return value
    made.set(text, value)
    characters += text.length
    for (const oldest of made.keys()) {
      if (characters <= mostCharacters) break
      made.delete(oldest)
      characters -= oldest.length
    }
    return value
  }
}
