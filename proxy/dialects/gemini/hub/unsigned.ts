/**
 * What Gemini 3 takes on the first call of a step that another model made, instead of refusing it for want of a signature.
 * Source: Google's guide to thought signatures, "transferring a conversation trace from another model".
 */
export const unsigned = 'skip_thought_signature_validator'
