/** A tool of a namespace, as dialects without namespaces call it. */
export function flatName(namespace: unknown, name: string): string {
  return typeof namespace === 'string' && namespace !== '' ? `${namespace}__${name}` : name
}
