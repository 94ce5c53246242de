/** Our words for how a choice ends, in OpenAI's. */
export const finishReasons = { stop: 'stop', length: 'length', tool: 'tool_calls' } as const
