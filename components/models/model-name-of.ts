/** A name for callers from a vendor's own: without the path in front, and without what a name may not have. */
export function modelNameOf(upstreamModel: string): string {
  const last = upstreamModel.trim().split('/').at(-1) ?? ''
  return last.replace(/[^A-Za-z0-9._:/@+-]+/g, '-').replace(/^[^A-Za-z0-9]+/, '')
}
