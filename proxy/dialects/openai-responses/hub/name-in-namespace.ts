import { asRecord } from '../../../json/as-record.ts'
import { listOf } from '../../../json/read-value.ts'
import type { ModelRequest } from '../../dialect.ts'
import { flatName } from './flat-name.ts'

/** What a caller knows a tool by that was called by its flat name. */
export function nameInNamespace({ tools }: ModelRequest['body'], called: string): { name: string; namespace?: string } {
  for (const tool of listOf(tools)) {
    const { type, name: namespace, tools: members } = asRecord(tool)
    if (type !== 'namespace' || typeof namespace !== 'string') continue
    for (const member of listOf(members)) {
      const { name } = asRecord(member)
      if (typeof name === 'string' && flatName(namespace, name) === called) return { name, namespace }
    }
  }
  return { name: called }
}
