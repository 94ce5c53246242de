import { type Draft, efforts, mostModels, noSettings, type SavedTurn, type Settings } from './draft.ts'

const mostTurns = 200

/** A draft out of JSON that anybody may have written; null when it is none. */
export function readDraft(value: unknown): Draft | null {
  const draft = recordOf(value)
  if (!draft || !Array.isArray(draft.models) || !Array.isArray(draft.turns)) return null
  return {
    models: draft.models.filter((name) => typeof name === 'string').slice(0, mostModels),
    settings: readSettings(recordOf(draft.settings)),
    text: textOf(draft.text),
    turns: draft.turns.slice(0, mostTurns).flatMap(readTurn),
  }
}

function readSettings(settings: Record<string, unknown> | null): Settings {
  if (!settings) return noSettings
  return {
    system: textOf(settings.system),
    temperature: textOf(settings.temperature),
    maxTokens: textOf(settings.maxTokens),
    effort: efforts.find((effort) => effort === settings.effort) ?? '',
  }
}

function readTurn(value: unknown): SavedTurn[] {
  const turn = recordOf(value)
  const answers = recordOf(turn?.answers)
  if (!turn || !answers || typeof turn.text !== 'string') return []
  const said = Object.entries(answers).filter((entry): entry is [string, string] => typeof entry[1] === 'string')
  return [{ text: turn.text, answers: Object.fromEntries(said) }]
}

function recordOf(value: unknown): Record<string, unknown> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
