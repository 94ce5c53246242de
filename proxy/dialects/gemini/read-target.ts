import { StipendError } from '#lib/core/errors.ts'

/** The public name of the model and the method, from a path such as /v1beta/models/{model}:generateContent. */
export function readTarget(path: string): { model: string; method: string } {
  const found = /\/(?:models|tunedModels)\/(.+):(\w+)$/.exec(path)
  const model = found?.[1] && decode(found[1])
  if (!model || model.length > 256) {
    throw new StipendError('invalid_request_error', 'The path names no model: /v1beta/models/{model}:generateContent.')
  }
  return { model, method: found?.[2] ?? '' }
}

function decode(segment: string): string | null {
  try {
    return decodeURIComponent(segment)
  } catch {
    return null
  }
}
