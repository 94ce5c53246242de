/** A span as OpenAI writes it in x-ratelimit-reset-…: "850ms", "7.2s", "1m30s". */
export function formatReset(ms: number): string {
  if (ms < 1000) return `${Math.ceil(ms)}ms`
  const seconds = ms / 1000
  if (seconds < 60) return `${Number(seconds.toFixed(1))}s`
  return `${Math.floor(seconds / 60)}m${Math.floor(seconds % 60)}s`
}
