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

/** The first call in every tongue and client that our users have, complete as pasted. */
export function keySnippets({ baseUrl, model, secret, prompt }: Snippet): Samples {
  // What clients take that add their own version to it.
  const root = baseUrl.replace(/\/v1$/, '')
  const bash = secret ?? '$STIPEND_API_KEY'
  const powerShell = secret ?? '$env:STIPEND_API_KEY'
  const typed = secret ?? 'sk-stp-…'
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
    {
      label: 'LangChain',
      code: `${secret ? '' : 'import os\n'}from langchain_openai import ChatOpenAI

llm = ChatOpenAI(
    model="${model}",
    base_url="${baseUrl}",
    api_key=${secret ? `"${secret}"` : 'os.environ["STIPEND_API_KEY"]'},
)
print(llm.invoke("${prompt}").content)`,
    },
    {
      label: 'Claude Code',
      code: `# bash
export ANTHROPIC_BASE_URL="${root}"
export ANTHROPIC_AUTH_TOKEN="${bash}"
export ANTHROPIC_MODEL="${model}"
claude

# PowerShell
$env:ANTHROPIC_BASE_URL = "${root}"
$env:ANTHROPIC_AUTH_TOKEN = "${powerShell}"
$env:ANTHROPIC_MODEL = "${model}"
claude`,
    },
    {
      label: 'Codex',
      code: `# ~/.codex/config.toml
model = "${model}"
model_provider = "stipend"

[model_providers.stipend]
name = "Stipend"
base_url = "${baseUrl}"
env_key = "STIPEND_API_KEY"
wire_api = "responses"

# bash
export STIPEND_API_KEY="${typed}"
codex

# PowerShell
$env:STIPEND_API_KEY = "${typed}"
codex`,
    },
    {
      label: 'Gemini CLI',
      code: `# bash
export GOOGLE_GEMINI_BASE_URL="${root}"
export GEMINI_API_KEY="${bash}"
gemini --model "${model}"

# PowerShell
$env:GOOGLE_GEMINI_BASE_URL = "${root}"
$env:GEMINI_API_KEY = "${powerShell}"
gemini --model "${model}"`,
    },
    {
      label: 'Cursor',
      code: `Cursor Settings → Models → API Keys

OpenAI API Key             ${typed}
Override OpenAI Base URL   ${baseUrl}
Add Custom Model           ${model}`,
    },
    {
      label: 'Cline',
      code: `Cline → Settings → API Configuration

API Provider   OpenAI Compatible
Base URL       ${baseUrl}
API Key        ${typed}
Model ID       ${model}`,
    },
    {
      label: 'Cherry Studio',
      code: `Settings → Model Provider → Add · 设置 → 模型服务 → 添加

Provider Type   OpenAI
API Key         ${typed}
API Host        ${root}
Model ID        ${model}`,
    },
    {
      label: 'CC Switch',
      code: `CC Switch → Add provider → Custom · 添加供应商 → 自定义

{
  "env": {
    "ANTHROPIC_BASE_URL": "${root}",
    "ANTHROPIC_AUTH_TOKEN": "${typed}",
    "ANTHROPIC_MODEL": "${model}"
  }
}`,
    },
  ]
}
