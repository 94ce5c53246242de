import type { CodeSample } from '../ui/code-block.tsx'

interface Snippet {
  /** With /v1. */
  baseUrl: string
  model: string
  /** Null where it is not known: then it is read from STIPEND_API_KEY. */
  secret: string | null
  /** What the sample asks. Without quotes. */
  prompt: string
}

type Samples = readonly [CodeSample, ...CodeSample[]]

/** The first call in four tongues, complete as pasted. */
export function keySnippets({ baseUrl, model, secret, prompt }: Snippet): Samples {
  return [
    {
      label: 'curl',
      code: `curl ${baseUrl}/chat/completions \\
  -H "Authorization: Bearer ${secret ?? '$STIPEND_API_KEY'}" \\
  -H "Content-Type: application/json" \\
  -d '{"model": "${model}", "messages": [{"role": "user", "content": "${prompt}"}]}'`,
    },
    {
      label: 'Python',
      code: `${secret ? '' : 'import os\n'}from openai import OpenAI

client = OpenAI(
    base_url="${baseUrl}",
    api_key=${secret ? `"${secret}"` : 'os.environ["STIPEND_API_KEY"]'},
)
reply = client.chat.completions.create(
    model="${model}",
    messages=[{"role": "user", "content": "${prompt}"}],
)
print(reply.choices[0].message.content)`,
    },
    {
      label: 'Node',
      code: `import OpenAI from 'openai'

const client = new OpenAI({
  baseURL: '${baseUrl}',
  apiKey: ${secret ? `'${secret}'` : 'process.env.STIPEND_API_KEY'},
})
const reply = await client.chat.completions.create({
  model: '${model}',
  messages: [{ role: 'user', content: '${prompt}' }],
})
console.log(reply.choices[0].message.content)`,
    },
    {
      label: 'PowerShell',
      code: `$body = @{
  model = "${model}"
  messages = @(@{ role = "user"; content = "${prompt}" })
} | ConvertTo-Json -Depth 4
Invoke-RestMethod "${baseUrl}/chat/completions" -Method Post -Body $body \`
  -ContentType "application/json; charset=utf-8" \`
  -Headers @{ Authorization = "Bearer ${secret ?? '$env:STIPEND_API_KEY'}" }`,
    },
  ]
}
