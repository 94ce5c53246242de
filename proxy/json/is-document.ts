/** Readers of PDF look for its beginning so far. */
const headBytes = 1024

/** Whether base64 can be the document that it claims to be; of what is no PDF only base64 is asked. */
export function isDocument(data: string, mediaType: string): boolean {
  if (!/^[A-Za-z0-9+/_-]+={0,2}$/.test(data)) return false
  if (mediaType.toLowerCase() !== 'application/pdf') return true
  return Buffer.from(data.slice(0, headBytes * 2), 'base64').includes('%PDF-')
}
