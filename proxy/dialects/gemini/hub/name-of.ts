import type { Hub } from '../../../hub/hub.ts'
import { asRecord } from '../../../json/as-record.ts'
import { field as fieldOf, spellingOf } from '../fields.ts'

const configNames: Readonly<Record<string, string>> = {
  temperature: 'temperature',
  top_p: 'topP',
  top_k: 'topK',
  seed: 'seed',
  frequency_penalty: 'frequencyPenalty',
  presence_penalty: 'presencePenalty',
  stop: 'stopSequences',
  reasoning: 'thinkingConfig',
}

/** In the spelling that the caller chose. */
export const nameOf: Hub['nameOf'] = (field, body) => {
  if (field === 'messages') return 'contents'
  const [first = field, ...more] = field.split(' ')
  const name = configNames[first]
  if (name === undefined) return field
  const spelled = spellingOf(asRecord(fieldOf(body, 'generationConfig')), name) ?? name
  return [`${spellingOf(body, 'generationConfig') ?? 'generationConfig'}.${spelled}`, ...more].join(' ')
}
