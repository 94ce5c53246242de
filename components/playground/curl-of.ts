/** A streamed chat for a shell, whatever its words hold. */
export function curlOf(baseUrl: string, body: object): string {
  const json = JSON.stringify({ ...body, stream: true }, null, 2)
  return `curl ${baseUrl}/chat/completions \\
  -H "Authorization: Bearer $STIPEND_API_KEY" \\
  -H "Content-Type: application/json" \\
  -d '${json.replaceAll("'", `'\\''`)}'`
}
