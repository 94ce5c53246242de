import type { CliPackage } from './install-cli.ts'
import type { Upstream } from './open-lab.ts'

/** One way to call it, with nothing from the person whose machine this is. */
interface Call {
  baseURL: string
  apiKey: string
  model: string
  prompt: string
}

/** A program that people work with in a terminal, without the terminal. */
export interface Cli {
  package: CliPackage
  speaks: Upstream
  /** The other dialect of a vendor that it has most to lose before. */
  meets: Upstream
  /** What it calls models of its own vendor; for these it has words that it keeps from others. */
  ownModel: string
  args(call: Call): string[]
  env(call: Call): Record<string, string>
  /** Below its home. */
  files(call: Call): Record<string, string>
  /** What it says in the end, out of everything that it wrote. */
  answerOf(written: string): string
  /** How it is made to read a note, copy it, or both: a tool of its own, and what for. */
  tool: { name: string; input: unknown; makes: string | null }
}

const codex: Cli = {
  package: { name: '@openai/codex', version: '0.171.0', entry: 'bin/codex.js', hasNativeParts: true },
  speaks: 'openai-responses',
  meets: 'anthropic-messages',
  ownModel: 'gpt-5.5',
  args: ({ prompt }) => [
    'exec',
    '--json',
    '--skip-git-repo-check',
    '--dangerously-bypass-approvals-and-sandbox',
    prompt,
  ],
  env: ({ apiKey }) => ({ STIPEND_API_KEY: apiKey }),
  // Left alone it asks again whatever it was told, with pauses.
  files: ({ baseURL, model }) => ({
    '.codex/config.toml': `model = "${model}"
model_provider = "stipend"
check_for_update_on_startup = false

[analytics]
enabled = false

[features]
plugins = false
apps = false

[model_providers.stipend]
name = "Stipend"
base_url = "${baseURL}/v1"
env_key = "STIPEND_API_KEY"
wire_api = "responses"
stream_max_retries = 0
`,
  }),
  answerOf: (written) => {
    const said = linesOf(written).flatMap(({ item }) => (item?.type === 'agent_message' ? item.text : []))
    return said.at(-1) ?? ''
  },
  tool: { name: 'exec_command', input: { cmd: 'cp note.txt copy.txt && cat note.txt' }, makes: 'copy.txt' },
}

const gemini: Cli = {
  package: { name: '@google/gemini-cli', version: '0.61.0', entry: 'bundle/gemini.js', hasNativeParts: false },
  speaks: 'gemini',
  meets: 'anthropic-messages',
  ownModel: 'gemini-3.1-pro-preview',
  args: ({ model, prompt }) => ['--model', model, '--output-format', 'json', '--prompt', prompt],
  env: ({ apiKey, baseURL }) => ({
    GEMINI_API_KEY: apiKey,
    GOOGLE_GEMINI_BASE_URL: baseURL,
    GEMINI_CLI_TRUST_WORKSPACE: 'true',
  }),
  files: () => ({
    '.gemini/settings.json': JSON.stringify({
      security: { auth: { selectedType: 'gemini-api-key' } },
      telemetry: { enabled: false },
      privacy: { usageStatisticsEnabled: false },
      general: { enableAutoUpdate: false, enableAutoUpdateNotification: false },
    }),
  }),
  answerOf: (written) => JSON.parse(written).response,
  tool: { name: 'read_file', input: { file_path: 'note.txt' }, makes: null },
}

const claude: Cli = {
  package: { name: '@anthropic-ai/claude-code', version: '2.1.332', entry: 'cli-wrapper.cjs', hasNativeParts: true },
  speaks: 'anthropic-messages',
  meets: 'gemini',
  ownModel: 'claude-opus-4-6',
  args: ({ prompt }) => [
    '--print',
    '--output-format',
    'json',
    '--tools',
    'Bash',
    '--allowedTools',
    'Bash',
    '--',
    prompt,
  ],
  env: ({ apiKey, baseURL, model }) => ({
    ANTHROPIC_AUTH_TOKEN: apiKey,
    ANTHROPIC_BASE_URL: baseURL,
    ANTHROPIC_MODEL: model,
    ANTHROPIC_DEFAULT_HAIKU_MODEL: model,
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
    DISABLE_TELEMETRY: '1',
    DISABLE_ERROR_REPORTING: '1',
    DISABLE_AUTOUPDATER: '1',
  }),
  files: () => ({}),
  answerOf: (written) => JSON.parse(written).result,
  tool: { name: 'Bash', input: { command: 'cp note.txt copy.txt && cat note.txt' }, makes: 'copy.txt' },
}

export const clis = { Codex: codex, 'Gemini CLI': gemini, 'Claude Code': claude } satisfies Record<string, Cli>

function linesOf(written: string): { item?: { type: string; text: string } }[] {
  return written.split('\n').flatMap((line) => (line.startsWith('{') ? JSON.parse(line) : []))
}
