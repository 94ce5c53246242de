/** A path below the one of a base URL. A version that stands in both is one and the same: people write it or do not. */
export function joinBasePath(base: string, path: string): string {
  const version = /^\/v\d+\w*(?=\/)/.exec(path)?.[0]
  return version && base.endsWith(version) ? `${base}${path.slice(version.length)}` : `${base}${path}`
}
