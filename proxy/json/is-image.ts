/** The first bytes of the formats that vendors take. */
const signatures: Record<string, (head: Buffer) => boolean> = {
  'image/png': (head) => head.subarray(0, 4).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47])),
  'image/jpeg': (head) => head.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff])),
  'image/gif': (head) => head.subarray(0, 4).toString('latin1') === 'GIF8',
  'image/webp': (head) =>
    head.subarray(0, 4).toString('latin1') === 'RIFF' && head.subarray(8, 12).toString('latin1') === 'WEBP',
}

const base64 = /^[A-Za-z0-9+/_-]+={0,2}$/

/** Whether base64 can be the image that it claims to be. Of a format without a known beginning only base64 is asked. */
export function isImage(data: string, mimeType: string): boolean {
  if (!base64.test(data)) return false
  const head = Buffer.from(data.slice(0, 32), 'base64')
  const known = Object.values(signatures).some((matches) => matches(head))
  // Labels are often wrong between these; vendors look at the bytes.
  return mimeType in signatures || mimeType === 'image/jpg' ? known : head.length > 0
}
