import type { Dialect } from '../dialect.ts'
import { gemini } from './gemini.ts'
import { parseCount } from './parse-count.ts'
import { writeNamed } from './write-named.ts'

/** How many tokens a conversation has: Google charges nothing for it. */
export const geminiCount: Dialect = { ...gemini, hub: null, parseRequest: parseCount, writeRequest: writeNamed }
