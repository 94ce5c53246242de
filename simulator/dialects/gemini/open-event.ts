import type { Answer } from '../../answer.ts'

export const arrayType = 'application/json; charset=UTF-8'

/** One piece as it stands in a stream. */
export function openEvent(data: string, isInArray: boolean, isFirst: boolean): string {
  if (!isInArray) return `data: ${data}\r\n\r\n`
  return isFirst ? `[${data}` : `,\r\n${data}`
}

/** Whether a stream is one JSON array. */
export function isArray({ headers }: Answer): boolean {
  return headers['content-type'] === arrayType
}
