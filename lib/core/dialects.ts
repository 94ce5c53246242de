/** How a vendor is reached: what its paths look like, and how a call proves whose it is. */
export type Wire = 'openai' | 'azure' | 'anthropic' | 'gemini' | 'bedrock' | 'vertex'

/** What can be spoken to a model, by callers and to vendors. */
export type DialectName =
  | 'openai-chat'
  | 'openai-responses'
  | 'anthropic-messages'
  | 'gemini'
  | 'bedrock-converse'
  | 'openai-completions'
  | 'openai-embeddings'
  | 'openai-moderations'
  | 'openai-images'
  | 'openai-speech'
  | 'openai-transcriptions'
  | 'rerank'
