const pattern = /^\/v1(?:beta)?\/models\/([^/:]+):(generateContent|streamGenerateContent)(?:\?(.*))?$/

export interface GeminiCall {
  model: string
  stream: boolean
  /** A stream without events is one JSON array. */
  isArray: boolean
}

/** What an address asks for; null: it is no call of a model. */
export function callOf(url: string): GeminiCall | null {
  const [, model, method, query = ''] = pattern.exec(url) ?? []
  if (model === undefined) return null
  const stream = method === 'streamGenerateContent'
  return {
    model: decodeURIComponent(model),
    stream,
    isArray: stream && new URLSearchParams(query).get('alt') !== 'sse',
  }
}
