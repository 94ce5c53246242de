import { sealThought } from '../thought.ts'
import type { ContentPart } from './generate-request.ts'

/** What people are told to send with calls that another model made. */
const dummies = new Set(['skip_thought_signature_validator', 'context_engineering_is_the_way_to_go'])

/** The signature that stands on a part: on a call it is that call's and no other's. */
export function signatureOf({ functionCall }: Pick<ContentPart, 'functionCall'>): string {
  const signed = functionCall ? `${functionCall.name} ${JSON.stringify(functionCall.args ?? {})}` : 'words'
  return Buffer.from(sealThought(signed)).toString('base64')
}

export function isSignedRight(part: ContentPart): boolean {
  const { thoughtSignature } = part
  return thoughtSignature === undefined || dummies.has(thoughtSignature) || thoughtSignature === signatureOf(part)
}

/** Models that think always, and want the signature of every call back. */
export function isThinker(model: string): boolean {
  return /gemini-[3-9]/.test(model)
}
