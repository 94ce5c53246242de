import type { CodeSample } from '../ui/code-block.tsx'

interface Call {
  method: string
  /** Whole, with what must stand in the query. */
  url: string
  /** JSON; undefined: none. */
  body: unknown
}

/** One call in the languages that people ask for, with the key where no history of a shell keeps it. */
export function callSamples(call: Call): [CodeSample, ...CodeSample[]] {
  return [
    { label: 'curl', code: curlOf(call) },
    { label: 'Python', code: pythonOf(call) },
    { label: 'TypeScript', code: typescriptOf(call) },
  ]
}

function curlOf({ method, url, body }: Call): string {
  const hasBody = body !== undefined
  const lines = [
    `curl ${method === 'GET' || (method === 'POST' && hasBody) ? '' : `-X ${method} `}"${url}"`,
    '  -H "Authorization: Bearer $STIPEND_MANAGEMENT_KEY"',
    ...(hasBody
      ? ['  -H "Content-Type: application/json"', `  -d '${JSON.stringify(body, null, 2).replaceAll("'", `'\\''`)}'`]
      : []),
  ]
  return lines.join(' \\\n')
}

function pythonOf({ method, url, body }: Call): string {
  const lines = [
    'import os',
    'import requests',
    '',
    `answer = requests.${method.toLowerCase()}(`,
    `    "${url}",`,
    `    headers={"Authorization": f"Bearer {os.environ['STIPEND_MANAGEMENT_KEY']}"},`,
    ...(body === undefined ? [] : [`    json=${indented(pythonValue(body), 4)},`]),
    ')',
    'answer.raise_for_status()',
    'print(answer.json())',
  ]
  return lines.join('\n')
}

function typescriptOf({ method, url, body }: Call): string {
  const key = `Authorization: \`Bearer \${process.env.STIPEND_MANAGEMENT_KEY}\``
  const lines = [
    `const answer = await fetch('${url}', {`,
    ...(method === 'GET' ? [] : [`  method: '${method}',`]),
    body === undefined ? `  headers: { ${key} },` : `  headers: { ${key}, 'Content-Type': 'application/json' },`,
    ...(body === undefined ? [] : [`  body: JSON.stringify(${indented(scriptValue(body), 2)}),`]),
    '})',
    'if (!answer.ok) throw new Error(await answer.text())',
    'console.log(await answer.json())',
  ]
  return lines.join('\n')
}

function indented(text: string, spaces: number): string {
  return text.replaceAll('\n', `\n${' '.repeat(spaces)}`)
}

function pythonValue(value: unknown): string {
  // Words of Python where they stand for themselves; within quotes they are words of somebody's.
  return JSON.stringify(value, null, 4).replaceAll(/"(?:[^"\\]|\\.)*"|\b(?:true|false|null)\b/g, (word) =>
    word === 'true' ? 'True' : word === 'false' ? 'False' : word === 'null' ? 'None' : word,
  )
}

function scriptValue(value: unknown): string {
  return JSON.stringify(value, null, 2)
    .replaceAll(/"([A-Za-z_]\w*)":/g, '$1:')
    .replaceAll(/"((?:[^"\\'])*)"/g, "'$1'")
}
