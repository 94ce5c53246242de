import type { Dialect } from '../dialect.ts'
import { gemini } from './gemini.ts'
import { parseEmbed } from './parse-embed.ts'
import { writeNamed } from './write-named.ts'

/** Google's embedContent and batchEmbedContents. */
export const geminiEmbeddings: Dialect = { ...gemini, hub: null, parseRequest: parseEmbed, writeRequest: writeNamed }
