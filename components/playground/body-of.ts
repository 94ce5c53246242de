import type { Message } from './messages-of.ts'
import type { PlaygroundModel } from './playground-facts.ts'
import type { Parameters } from './read-parameters.ts'

/** A chat in OpenAI's dialect, with no more than the model can be told. */
export function bodyOf(model: PlaygroundModel, messages: readonly Message[], parameters: Parameters): object {
  const { temperature, maxTokens, effort } = parameters
  return {
    model: model.name,
    messages,
    ...(temperature !== null && model.takesTemperature && { temperature }),
    ...(maxTokens !== null && { [model.capField]: maxTokens }),
    ...(effort !== null && model.takesEffort && { reasoning_effort: effort }),
  }
}
