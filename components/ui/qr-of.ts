import { encode } from 'uqr'

export interface QrPicture {
  sizeModules: number
  path: string
}

/** Draws a text as a QR code, here and by no other party. */
export function qrOf(text: string): QrPicture {
  const { size, data } = encode(text, { border: 0 })
  const path = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : []))).join('')
  return { sizeModules: size, path }
}
