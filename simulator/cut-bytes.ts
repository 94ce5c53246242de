/** The same bytes in pieces: cut at seeded places, and inside the first character that has several bytes. */
export function cutBytes(bytes: Buffer, random: () => number): Buffer[] {
  const places = new Set<number>()
  for (let at = 1 + Math.floor(random() * 40); at < bytes.length; at += 1 + Math.floor(random() * 40)) places.add(at)
  const wide = bytes.findIndex((byte) => byte >= 0xc0)
  if (wide !== -1) places.add(wide + 1)
  const ends = [...places, bytes.length].sort((a, b) => a - b)
  return ends.map((end, index) => bytes.subarray(ends[index - 1] ?? 0, end))
}
