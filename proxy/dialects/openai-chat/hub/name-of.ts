import type { Hub } from '../../../hub/hub.ts'

export const nameOf: Hub['nameOf'] = (field, body) => {
  if (field === 'reasoning') return 'reasoning_effort'
  return field === 'user' && typeof body.safety_identifier === 'string' ? 'safety_identifier' : field
}
