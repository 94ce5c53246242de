/** A name as callers write it. */
export function isModelName(text: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9._:/@+-]{0,199}$/.test(text)
}

/** A number of tokens as typed; nothing typed is right, too. */
export function isTokens(text: string): boolean {
  const plain = text.replace(/[\s,]/g, '')
  return plain === '' || (/^\d{1,9}$/.test(plain) && Number(plain) > 0 && Number(plain) <= 100_000_000)
}
