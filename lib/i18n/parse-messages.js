import compile from 'icu-minify/compile'

/**
 * For Turbopack, which hands it every file of messages: the same file with each message parsed, so that what parses them
 * need not be sent to any browser. What runs on Node alone reads the files as they are.
 *
 * @param {string} source
 */
export default function parseMessages(source) {
  return JSON.stringify(parsed(JSON.parse(source)))
}

function parsed(value) {
  if (typeof value === 'string') return compile(value)
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, parsed(inner)]))
}
