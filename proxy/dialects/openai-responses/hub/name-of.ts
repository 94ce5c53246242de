import type { Hub } from '../../../hub/hub.ts'

export const nameOf: Hub['nameOf'] = (field, body) => {
  if (field === 'messages') return 'input'
  return field === 'user' && typeof body.safety_identifier === 'string' ? 'safety_identifier' : field
}
