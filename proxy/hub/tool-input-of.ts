/** The input of a call as the object that some vendors insist on. */
export function toolInputOf(json: string): object {
  try {
    const input: unknown = JSON.parse(json)
    return typeof input === 'object' && input !== null && !Array.isArray(input) ? input : { value: input }
  } catch {
    // What a model wrote badly it shall see as it wrote it.
    return { value: json }
  }
}
