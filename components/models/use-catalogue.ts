'use client'

import { useEffect, useState } from 'react'
import type { CatalogueFacts, LookUpPrice } from './model-actions.ts'

const settleMs = 250

/** What the catalogue says of what was typed, once the typing rests; null while nobody has been asked yet. */
export function useCatalogue(lookUp: LookUpPrice, providerId: string, upstreamModel: string): CatalogueFacts | null {
  const [found, setFound] = useState<{ of: string; facts: CatalogueFacts } | null>(null)
  const name = upstreamModel.trim()
  const asked = `${providerId} ${name}`
  useEffect(() => {
    if (!name) return
    let left = false
    const timer = setTimeout(async () => {
      const { value } = await lookUp(providerId, name)
      if (!left) setFound({ of: `${providerId} ${name}`, facts: value ?? { price: null, contextTokens: null } })
    }, settleMs)
    return () => {
      left = true
      clearTimeout(timer)
    }
  }, [lookUp, providerId, name])
  return found?.of === asked ? found.facts : null
}
