import type { Wire } from './dialects.ts'

const ofWire: Record<Wire, (credential: string) => Record<string, string>> = {
  openai: (credential) => ({ authorization: `Bearer ${credential}` }),
  azure: (credential) => ({ 'api-key': credential }),
  anthropic: (credential) => ({ 'x-api-key': credential }),
  gemini: (credential) => ({ 'x-goog-api-key': credential }),
  vertex: (credential) => ({ 'x-goog-api-key': credential }),
  bedrock: (credential) => ({ authorization: `Bearer ${credential}` }),
}

/** Where a vendor looks for a credential that is sent as it is. */
export function credentialHeaders(wire: Wire, credential: string): Record<string, string> {
  return ofWire[wire](credential)
}
