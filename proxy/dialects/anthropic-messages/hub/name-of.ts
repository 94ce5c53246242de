import type { Hub } from '../../../hub/hub.ts'

const names: Readonly<Record<string, string>> = {
  parallel_tool_calls: 'tool_choice.disable_parallel_tool_use',
  stop: 'stop_sequences',
  user: 'metadata.user_id',
}

export const nameOf: Hub['nameOf'] = (field, body) => {
  if (field === 'reasoning') return body.thinking == null ? 'output_config.effort' : 'thinking'
  return names[field] ?? field
}
