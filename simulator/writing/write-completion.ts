import type { Behaviour, Figures } from '../behaviour.ts'
import type { Ask, Tool } from '../dialects/dialect.ts'
import { thoughtOf } from '../dialects/thought.ts'
import { answerQuestion } from './answer-question.ts'
import { cutPieces } from './cut-pieces.ts'
import { fillTokens } from './fill-tokens.ts'
import { groupPieces } from './group-pieces.ts'
import type { Piece, Tokenizer } from './load-tokenizer.ts'
import { pickRange } from './pick-range.ts'
import { sampleSchema } from './sample-schema.ts'

/** Everything that the model has to say to one call. */
export interface Completion {
  id: string
  createdAtSeconds: number
  choices: Choice[]
  /** The truth. */
  usage: Figures
}

export interface Choice {
  /** At least one; several are calls of tools at once. */
  sayings: Saying[]
  finish: 'stop' | 'length' | 'tool'
}

/** Words, or the call of a tool. */
export interface Saying {
  /** The words, or the arguments of the tool. */
  pieces: readonly Piece[]
  /** Tokens that came before: thoughts, and the name of the tool. */
  leadTokens: number
  /** How many of those were thoughts. */
  thoughtTokens: number
  toolName: string | null
}

/** Decides what the model says, and counts it honestly. The same ask and seed give the same words. */
export function writeCompletion(
  ask: Ask,
  behaviour: Behaviour,
  tokenizer: Tokenizer,
  random: () => number,
): Pick<Completion, 'choices' | 'usage'> {
  const length = behaviour.outputTokens === null ? null : pickRange(behaviour.outputTokens, random)
  const choices = Array.from({ length: ask.choices }, (_, index) =>
    writeChoice(ask, behaviour, length, index, tokenizer),
  )
  const words = choices.reduce((sum, choice) => sum + countChoice(choice), 0)
  const completionTokens = words + (ask.wordlessTokens ?? 0)
  return {
    choices,
    usage: {
      promptTokens: ask.promptTokens,
      completionTokens,
      cachedTokens: Math.min(behaviour.cachedTokens, ask.promptTokens),
      reasoningTokens: choices.length * countThought(ask, behaviour, tokenizer),
    },
  }
}

function writeChoice(
  ask: Ask,
  behaviour: Behaviour,
  length: number | null,
  index: number,
  tokenizer: Tokenizer,
): Choice {
  let room = ask.outputCap ?? Number.POSITIVE_INFINITY
  let isCut = false
  const sayings: Saying[] = []
  for (const tool of ask.tools.length > 0 ? ask.tools : [null]) {
    const isFirst = sayings.length === 0
    isCut ||= !isFirst && room === 0
    if (isCut) break
    const thoughtTokens = isFirst ? countThought(ask, behaviour, tokenizer) : 0
    const leadTokens = Math.min(thoughtTokens + (tool ? tokenizer.count(tool.name) : 0), room)
    room -= leadTokens
    const whole = piecesOf(ask, tool, behaviour, length, index, tokenizer)
    isCut = countPieces(whole) > room
    const pieces = isCut ? cutPieces(whole, room) : whole
    room -= countPieces(pieces)
    sayings.push({
      pieces: groupPieces(pieces, behaviour.tokensPerChunk),
      leadTokens,
      thoughtTokens,
      toolName: tool?.name ?? null,
    })
  }
  return { sayings, finish: isCut ? 'length' : ask.tools.length > 0 ? 'tool' : 'stop' }
}

function piecesOf(
  ask: Ask,
  tool: Tool | null,
  behaviour: Behaviour,
  length: number | null,
  index: number,
  tokenizer: Tokenizer,
): readonly Piece[] {
  const seed = behaviour.seed + ask.seed + index
  if (tool) return tokenizer.split(inputOf(tool, behaviour))
  if (ask.schema !== null) return tokenizer.split(JSON.stringify(sampleSchema(ask.schema)))
  const said = behaviour.echo
    ? tokenizer.split(ask.question)
    : length === null
      ? tokenizer.split(answerQuestion(ask.question, seed))
      : fillTokens(ask.question, seed, length, tokenizer)
  return ask.stop.length > 0 ? stopAt(said, ask.stop, tokenizer) : said
}

function inputOf({ name, parameters, isFreeform }: Tool, { toolInputs }: Behaviour): string {
  const input = Object.hasOwn(toolInputs, name) ? toolInputs[name] : isFreeform ? name : sampleSchema(parameters)
  return isFreeform ? String(input) : JSON.stringify(input)
}

function stopAt(pieces: readonly Piece[], stop: string[], tokenizer: Tokenizer): readonly Piece[] {
  const text = pieces.map((piece) => piece.text).join('')
  const ends = stop.map((word) => text.indexOf(word)).filter((end) => end >= 0)
  return ends.length > 0 ? tokenizer.split(text.slice(0, Math.min(...ends))) : pieces
}

/** What is shown of a thought is no more than there was of it. */
function countThought(ask: Ask, { reasoningTokens }: Behaviour, tokenizer: Tokenizer): number {
  const shown = ask.showsThought ? tokenizer.count(thoughtOf(ask)) : 0
  const tokens = Math.max(reasoningTokens, shown)
  return Math.min(tokens, ask.outputCap ?? tokens)
}

function countChoice({ sayings }: Choice): number {
  return sayings.reduce((sum, { pieces, leadTokens }) => sum + leadTokens + countPieces(pieces), 0)
}

function countPieces(pieces: readonly Piece[]): number {
  return pieces.reduce((sum, piece) => sum + piece.tokens, 0)
}
