'use client'

import { useEffect, useEffectEvent } from 'react'
import type { Draft } from './draft.ts'
import { readDraft } from './read-draft.ts'
import { unpackDraft } from './unpack-draft.ts'

/** In the address, before what is packed. */
export const draftMark = '#draft='

const keepAfterMs = 400

/**
 * Brings back what the address holds, or else what was left in this browser; then keeps what is there. Nothing of it comes
 * to a server.
 */
export function useDraft(storageKey: string, draft: Draft | null, bringBack: (draft: Draft) => void): void {
  const restore = useEffectEvent(async () => {
    const { hash } = window.location
    if (hash.startsWith(draftMark)) {
      const shared = await unpackDraft(hash.slice(draftMark.length))
      // Taken out, so that what is written from here on is not lost to it when the page is loaded again.
      window.history.replaceState(window.history.state, '', window.location.pathname + window.location.search)
      if (shared) return bringBack(shared)
    }
    const kept = readKept(storageKey)
    if (kept) bringBack(kept)
  })
  useEffect(() => {
    void restore()
    const onHash = () => void restore()
    window.addEventListener('hashchange', onHash)
    return () => window.removeEventListener('hashchange', onHash)
  }, [])
  const text = draft && JSON.stringify(draft)
  useEffect(() => {
    if (text === null) return
    const timer = setTimeout(() => keep(storageKey, text), keepAfterMs)
    return () => clearTimeout(timer)
  }, [storageKey, text])
}

function readKept(storageKey: string): Draft | null {
  try {
    return readDraft(JSON.parse(localStorage.getItem(storageKey) ?? 'null'))
  } catch {
    return null
  }
}

/** A browser that keeps nothing, or has no room, loses the draft and nothing else. */
function keep(storageKey: string, text: string): boolean {
  try {
    localStorage.setItem(storageKey, text)
    return true
  } catch {
    return false
  }
}
