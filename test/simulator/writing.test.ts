import { readFileSync } from 'node:fs'
import { countTokens, encode } from 'gpt-tokenizer/encoding/o200k_base'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { cutBytes } from '#simulator/cut-bytes.ts'
import { createRandom } from '#simulator/writing/create-random.ts'
import { cutPieces } from '#simulator/writing/cut-pieces.ts'
import { fillTokens } from '#simulator/writing/fill-tokens.ts'
import { loadTokenizer, type Piece } from '#simulator/writing/load-tokenizer.ts'
import { sampleSchema } from '#simulator/writing/sample-schema.ts'

const tokenizer = await loadTokenizer()
const textOf = (pieces: readonly Piece[]) => pieces.map(({ text }) => text).join('')
const tokensOf = (pieces: readonly Piece[]) => pieces.reduce((sum, { tokens }) => sum + tokens, 0)

describe('filling', () => {
  it('has exactly as many tokens as asked for, however English is counted again', () => {
    for (let tokens = 0; tokens <= 300; tokens++) {
      const pieces = fillTokens('Why?', tokens, tokens, tokenizer)
      expect(tokensOf(pieces)).toBe(tokens)
      expect(countTokens(textOf(pieces))).toBe(tokens)
    }
  })

  it('is as long in Chinese, and whole in its characters', () => {
    for (let tokens = 1; tokens <= 100; tokens++) {
      const pieces = fillTokens('为什么？', tokens, tokens, tokenizer)
      expect(tokensOf(pieces)).toBe(tokens)
      expect(textOf(pieces)).not.toContain('\ufffd')
    }
  })
})

describe('splitting', () => {
  const hard = '🏴‍☠️ 鸚鵡 naïve <|endoftext|> \ud800 नमस्ते 👩‍👩‍👧‍👦'

  it('keeps the text and its tokens', () => {
    const pieces = tokenizer.split(hard)
    expect(textOf(pieces)).toBe(hard.replace('\ud800', '\ufffd'))
    expect(tokensOf(pieces)).toBe(tokenizer.count(hard))
    expect(tokenizer.count(hard)).toBe(encode(hard, { disallowedSpecial: new Set() }).length)
  })

  it('cut after any token never shows half a character', () => {
    const pieces = tokenizer.split('🏴‍☠️鸚鵡')
    for (let tokens = 0; tokens <= tokensOf(pieces); tokens++) {
      const cut = cutPieces(pieces, tokens)
      expect(tokensOf(cut)).toBe(tokens)
      expect('🏴‍☠️鸚鵡'.startsWith(textOf(cut))).toBe(true)
    }
  })

  it('of an endless word ends', () => {
    const endless = '鸚'.repeat(30_000)
    expect(textOf(tokenizer.split(endless))).toBe(endless)
    expect(tokenizer.count('a'.repeat(200_000))).toBeGreaterThan(1_000)
  })

  it('of a long text is exact', () => {
    const readme = readFileSync('simulator/README.md', 'utf8').repeat(20)
    expect(tokenizer.count(readme)).toBe(countTokens(readme))
  })
})

describe('cut bytes', () => {
  it('are the same bytes, and one cut is inside a character', () => {
    for (let seed = 0; seed < 50; seed++) {
      const bytes = Buffer.from('data: {"content":"梯度下降"}\n\n')
      const pieces = cutBytes(bytes, createRandom(seed))
      expect(Buffer.concat(pieces).equals(bytes)).toBe(true)
      expect(pieces.every((piece) => piece.length > 0)).toBe(true)
      expect(pieces.some((piece) => piece.toString().includes('\ufffd'))).toBe(true)
    }
  })
})

describe('a sample of a schema', () => {
  const item = {
    type: 'object',
    properties: { next: { anyOf: [{ $ref: '#/$defs/item' }, { type: 'null' }] } },
    required: ['next'],
  }
  it.each([
    [{}],
    [{ type: 'object' }],
    [{ enum: ['red', 'blue'] }],
    [{ const: 4 }],
    [{ type: 'string', minLength: 12 }],
    [{ type: 'string', maxLength: 2 }],
    [{ type: 'string', format: 'date-time' }],
    [{ type: 'string', format: 'uuid' }],
    [{ type: 'string', format: 'email' }],
    [{ type: 'integer', minimum: 5, maximum: 5 }],
    [{ type: 'integer', exclusiveMinimum: 5 }],
    [{ type: 'integer', minimum: 7, multipleOf: 5 }],
    [{ type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 0.5 }],
    [{ type: 'number', maximum: -3 }],
    [{ type: 'array', items: { type: 'boolean' }, minItems: 3 }],
    [{ type: 'array', items: { type: 'string' }, maxItems: 0 }],
    [{ type: ['string', 'null'] }],
    [{ anyOf: [{ type: 'null' }, { type: 'integer' }] }],
    [
      {
        type: 'object',
        properties: { a: { type: 'string' }, b: { type: 'array', items: { $ref: '#/$defs/item' } } },
        required: ['a', 'b'],
        $defs: { item },
      },
    ],
  ])('%j is valid', (schema) => {
    const sample = sampleSchema(schema)
    expect(
      z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0]).safeParse(JSON.parse(JSON.stringify(sample))),
    ).toMatchObject({ success: true })
  })
})
