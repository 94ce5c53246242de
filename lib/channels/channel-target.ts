import { environment } from '../environment.ts'
import { openSealed, seal } from '../secrets/seal.ts'

/** Where a channel sends to. The address of most chat robots is a secret by itself. */
export interface ChannelTarget {
  url: string
  /** Signs what is sent; null where the receiver asks for no signature. */
  secret: string | null
}

/** It opens for no other organization and no other channel. */
export function sealTarget(
  target: ChannelTarget,
  place: { organizationId: string; id: string },
): Uint8Array<ArrayBuffer> {
  return new Uint8Array(seal(JSON.stringify(target), contextOf(place), environment().STIPEND_SECRET))
}

export function openTarget(sealed: Uint8Array, place: { organizationId: string; id: string }): ChannelTarget {
  return JSON.parse(openSealed(sealed, contextOf(place), environment().STIPEND_SECRET)) as ChannelTarget
}

function contextOf({ organizationId, id }: { organizationId: string; id: string }): string {
  return `${organizationId}|channel|${id}`
}
