/** Subject and text of a mail as it came over the wire. */
export function readMail(wire: string): { subject: string; text: string } {
  const [head = '', ...rest] = wire.split('\r\n\r\n')
  const fields = head.replaceAll(/\r\n[ \t]+/g, ' ')
  const body = rest.join('\r\n\r\n')
  const encoding = /^content-transfer-encoding: *(\S+)/im.exec(fields)?.[1]?.toLowerCase()
  const subject = /^subject: *(.*)$/im.exec(fields)?.[1] ?? ''
  return { subject: decodeWords(subject), text: decodeBody(body, encoding) }
}

function decodeBody(body: string, encoding: string | undefined): string {
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString()
  if (encoding === 'quoted-printable') return decodeQuoted(body.replaceAll(/=\r?\n/g, ''))
  return body
}

function decodeWords(text: string): string {
  return text
    .replaceAll(/\?=\s+=\?/g, '?==?')
    .replaceAll(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_, kind: string, word: string) =>
      kind.toLowerCase() === 'b' ? Buffer.from(word, 'base64').toString() : decodeQuoted(word.replaceAll('_', ' ')),
    )
}

function decodeQuoted(text: string): string {
  const bytes = text.replaceAll(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1').toString()
}
