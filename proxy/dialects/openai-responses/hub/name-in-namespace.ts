import type { ModelRequest } from '../../dialect.ts'
import { toolsOf } from '../tools-of.ts'
import { flatName } from './flat-name.ts'

/** What a caller knows a tool by that was called by its flat name. */
export function nameInNamespace(body: ModelRequest['body'], called: string): { name: string; namespace?: string } {
  for (const { tool, namespace } of toolsOf(body)) {
    const { name } = tool
    if (namespace !== null && typeof name === 'string' && flatName(namespace, name) === called)
      return { name, namespace }
  }
  return { name: called }
}
