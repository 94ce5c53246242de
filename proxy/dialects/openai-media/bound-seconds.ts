/** So few bytes a second each format can come down to, at its thinnest: MP3 ends at 8 kbit/s. */
const thinnestMp3 = 1000
/** Silence in Opus and AAC: packets of 120 ms that are little but their own framing. */
const thinnestPacked = 16

const longestWavHeader = 1024 * 1024

/** The most seconds that a recording can last, by its bytes; null where its format has no such bound. */
export function boundSeconds(bytes: Buffer): number | null {
  const text = (from: number, to: number) => bytes.subarray(from, to).toString('latin1')
  if (text(0, 4) === 'RIFF' && text(8, 12) === 'WAVE') return secondsOfWav(bytes)
  const isMp3 = text(0, 3) === 'ID3' || (bytes[0] === 0xff && ((bytes[1] ?? 0) & 0xe0) === 0xe0)
  if (isMp3) return Math.ceil(bytes.length / thinnestMp3)
  const isWebm = bytes.length > 4 && bytes.readUInt32BE(0) === 0x1a45dfa3
  const isPacked = text(0, 4) === 'OggS' || text(4, 8) === 'ftyp' || isWebm
  // An Ogg may also hold FLAC, whose silence has no size at all.
  if (isPacked && !bytes.subarray(0, 256).includes('FLAC')) return Math.ceil(bytes.length / thinnestPacked)
  return null
}

/** Plain samples only: what is packed in a WAV may be anything. */
function secondsOfWav(bytes: Buffer): number | null {
  for (let at = 12; at + 24 <= Math.min(bytes.length, longestWavHeader); ) {
    const size = bytes.readUInt32LE(at + 4)
    if (bytes.subarray(at, at + 4).toString('latin1') === 'fmt ') {
      const [format, channels, rate, bits] = [
        bytes.readUInt16LE(at + 8),
        bytes.readUInt16LE(at + 10),
        bytes.readUInt32LE(at + 12),
        bytes.readUInt16LE(at + 22),
      ]
      const bytesPerSecond = Math.floor((channels * rate * bits) / 8)
      const isPlain = format === 1 || format === 3
      return isPlain && bytesPerSecond > 0 ? Math.ceil(bytes.length / bytesPerSecond) : null
    }
    at += 8 + size + (size % 2)
  }
  return null
}
