import { StipendError } from '#lib/core/errors.ts'

/** Far above what any real request needs, far below what hurts. */
const maxDepth = 128
const maxKeys = 100_000

const quote = 0x22
const backslash = 0x5c

/**
 * Refuses what JSON.parse would quietly accept: a key that one object has twice (two readers could see two
 * different requests), nesting and key counts that only serve to hurt. One pass, linear in the text. Whether
 * the text is JSON at all is for JSON.parse to say.
 */
export function checkJson(text: string): void {
  /** The keys of each open object; null for an open array. */
  const open: (Set<string> | null)[] = []
  let keyIsNext = false
  let keyCount = 0

  for (let index = 0; index < text.length; index++) {
    switch (text.charCodeAt(index)) {
      case 0x7b: // {
        open.push(new Set())
        keyIsNext = true
        break
      case 0x5b: // [
        open.push(null)
        keyIsNext = false
        break
      case 0x7d: // }
      case 0x5d: // ]
        open.pop()
        keyIsNext = false
        break
      case 0x2c: // ,
        keyIsNext = Boolean(open.at(-1))
        break
      case quote: {
        const end = endOfString(text, index)
        const keys = open.at(-1)
        if (keyIsNext && keys) {
          const key = readKey(text.slice(index, end + 1))
          if (keys.has(key)) throw refuse(`it has the key ${JSON.stringify(key.slice(0, 64))} twice in one object`)
          if (++keyCount > maxKeys) throw refuse(`it has more than ${maxKeys} keys`)
          keys.add(key)
          keyIsNext = false
        }
        index = end
      }
    }
    if (open.length > maxDepth) throw refuse(`it is nested more than ${maxDepth} levels deep`)
  }
}

/** The index of the closing quote; the text's end when there is none. */
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1)
  while (end !== -1 && isEscaped(text, end)) end = text.indexOf('"', end + 1)
  return end === -1 ? text.length : end
}

function isEscaped(text: string, index: number): boolean {
  let backslashes = 0
  while (text.charCodeAt(index - 1 - backslashes) === backslash) backslashes++
  return backslashes % 2 === 1
}

/** As JSON reads it, so that "a" and "\u0061" are one key. */
function readKey(literal: string): string {
  if (!literal.includes('\\')) return literal.slice(1, -1)
  try {
    return JSON.parse(literal) as string
  } catch (cause) {
    throw refuse('it is not valid JSON', cause)
  }
}

function refuse(reason: string, cause?: unknown): StipendError {
  return new StipendError('invalid_request_error', `The body was refused: ${reason}.`, { cause })
}
