import type { Answer } from '../../answer.ts'

/** Google's models at Vertex AI. */
export function showPublisherModels(path: string, models: readonly string[]): Answer | null {
  if (path !== '/v1beta1/publishers/google/models') return null
  const publisherModels = models.map((name) => ({ name: `publishers/google/models/${name}`, versionId: '1' }))
  return {
    status: 200,
    headers: { 'content-type': 'application/json; charset=UTF-8' },
    isStream: false,
    parts: [{ bytes: JSON.stringify({ publisherModels }), tokens: 0 }],
    ending: 'end',
  }
}
