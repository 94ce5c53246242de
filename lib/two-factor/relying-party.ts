import { environment } from '../environment.ts'

/** How this installation is called towards devices. A passkey works for the host that it was made for. */
export function relyingParty(origin: string): { rpID: string; rpName: string; origin: string } {
  const url = new URL(environment().PUBLIC_URL ?? origin)
  return { rpID: url.hostname, rpName: 'Stipend', origin: url.origin }
}
