/** How a vendor is reached: where the version stands in its base URL, and which header carries the credential. */
export type Wire = 'openai' | 'azure' | 'anthropic' | 'gemini' | 'bedrock'

/** What can be spoken to a model, by callers and to vendors. */
export type DialectName =
  | 'openai-chat'
  | 'openai-responses'
  | 'anthropic-messages'
  | 'gemini'
  | 'openai-completions'
  | 'openai-embeddings'
  | 'openai-moderations'
  | 'openai-images'
  | 'openai-speech'
  | 'openai-transcriptions'
  | 'rerank'
