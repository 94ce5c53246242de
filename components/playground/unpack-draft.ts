import type { Draft } from './draft.ts'
import { readDraft } from './read-draft.ts'

/** The draft in the end of an address; null when there is none, or it was cut short on its way. */
export async function unpackDraft(packed: string): Promise<Draft | null> {
  try {
    const binary = atob(packed.replaceAll('-', '+').replaceAll('_', '/'))
    const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0))
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'))
    return readDraft(JSON.parse(await new Response(stream).text()))
  } catch {
    return null
  }
}
