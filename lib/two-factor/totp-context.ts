/** What a sealed secret is bound to, so that a row copied to another person does not open. */
export function totpContext(userId: string): string {
  return `totp|${userId}`
}
