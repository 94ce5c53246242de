import type { Hub } from '../../../hub/hub.ts'

export const nameOf: Hub['nameOf'] = (field, body) => {
  return field === 'user' && typeof body.safety_identifier === 'string' ? 'safety_identifier' : field
}
