import { refuseField } from '../refuse-fields.ts'
import { camelOf } from './fields.ts'
import type { GenerateBody } from './generate-schema.ts'

/** Fields that would be served from what the lab keeps at the vendor, or at another price. */
const spendingFields = new Set(['cachedContent', 'serviceTier', 'store', 'modelArmorConfig'])

/** Tools that the caller runs itself; the vendor's own search, run code and read pages at prices of their own. */
const harmlessTools = new Set(['functionDeclarations', 'computerUse'])

export function refuseUnpriced(body: GenerateBody): void {
  for (const name of Object.keys(body)) {
    if (body[name] != null && spendingFields.has(camelOf(name))) throw refuseField(name, null)
  }
  body.tools?.forEach((tool, index) => {
    for (const name of Object.keys(tool)) {
      if (tool[name] != null && !harmlessTools.has(camelOf(name))) throw refuseField(`tools.${index}.${name}`, null)
    }
  })
}
