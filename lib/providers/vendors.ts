import type { AddressForm } from '../core/address-form.ts'
import type { DialectName, Wire } from '../core/dialects.ts'

export interface Vendor {
  id: string
  label: string
  /** As the vendor's own SDK takes it; null: every account has its own. */
  baseUrl: string | null
  wire: Wire
  /** In what it can be called as it is; the first is what everything else is translated to. None: not callable. */
  speaks: readonly DialectName[]
  /** Models that speak something else there. */
  families?: readonly Family[]
  /** What the query of its base URL may say. */
  parameters?: readonly string[]
  /** What an address of it is made of, where every account has its own. */
  place?: AddressForm
  /** What its credential looks like; missing: one word. */
  credential?: 'aws' | 'google'
  /** Its id in the price catalogue; `by-maker`: the list price of whoever makes the model; null: not in it. */
  catalogue: string | 'by-maker' | null
}

export interface Family {
  models: RegExp
  speaks: readonly DialectName[]
}

/** What else goes with OpenAI's chat: of what a vendor does not have, it says so itself. */
const media: readonly DialectName[] = [
  'openai-completions',
  'openai-embeddings',
  'openai-moderations',
  'openai-images',
  'openai-speech',
  'openai-transcriptions',
  'rerank',
]
const chat: readonly DialectName[] = ['openai-chat', ...media]
const chatAndResponses: readonly DialectName[] = ['openai-chat', 'openai-responses', ...media]

/** The vendors that a provider can name. One that speaks a known dialect is a row here, not code. */
export const vendors: readonly Vendor[] = [
  {
    id: 'openai',
    label: 'OpenAI',
    baseUrl: 'https://api.openai.com/v1',
    wire: 'openai',
    speaks: chatAndResponses,
    catalogue: 'openai',
  },
  {
    id: 'azure',
    label: 'Azure OpenAI',
    baseUrl: null,
    wire: 'azure',
    speaks: chatAndResponses,
    parameters: ['api-version'],
    place: {
      fields: ['resource', 'apiVersion'],
      optional: ['apiVersion'],
      templates: [
        { url: 'https://{resource}.openai.azure.com/openai?api-version={apiVersion}' },
        { url: 'https://{resource}.openai.azure.com/openai/v1' },
      ],
    },
    catalogue: 'azure',
  },
  {
    id: 'anthropic',
    label: 'Anthropic',
    baseUrl: 'https://api.anthropic.com',
    wire: 'anthropic',
    speaks: ['anthropic-messages'],
    catalogue: 'anthropic',
  },
  {
    id: 'gemini',
    label: 'Google Gemini',
    baseUrl: 'https://generativelanguage.googleapis.com',
    wire: 'gemini',
    speaks: ['gemini'],
    catalogue: 'google',
  },
  {
    id: 'vertex',
    label: 'Google Vertex AI',
    baseUrl: null,
    wire: 'vertex',
    speaks: ['gemini'],
    families: [
      { models: /^claude/, speaks: ['anthropic-messages'] },
      // Models of others are named with their maker.
      { models: /\//, speaks: ['openai-chat'] },
    ],
    place: {
      fields: ['project', 'location'],
      usual: { location: 'global' },
      templates: [
        {
          url: 'https://aiplatform.googleapis.com/v1/projects/{project}/locations/global',
          when: { location: 'global' },
        },
        { url: 'https://{location}-aiplatform.googleapis.com/v1/projects/{project}/locations/{location}' },
      ],
    },
    credential: 'google',
    catalogue: 'google',
  },
  {
    id: 'bedrock',
    label: 'Amazon Bedrock',
    baseUrl: null,
    wire: 'bedrock',
    speaks: ['bedrock-converse'],
    families: [{ models: /claude/, speaks: ['anthropic-messages'] }],
    parameters: ['region'],
    place: { fields: ['region'], templates: [{ url: 'https://bedrock-runtime.{region}.amazonaws.com' }] },
    credential: 'aws',
    catalogue: 'aws',
  },
  {
    id: 'deepseek',
    label: 'DeepSeek 深度求索',
    baseUrl: 'https://api.deepseek.com/v1',
    wire: 'openai',
    speaks: chat,
    catalogue: 'deepseek',
  },
  {
    id: 'qwen',
    label: 'Alibaba Qwen 通义千问',
    baseUrl: 'https://dashscope.aliyuncs.com/compatible-mode/v1',
    wire: 'openai',
    speaks: chat,
    catalogue: null,
  },
  {
    id: 'moonshot',
    label: 'Moonshot Kimi 月之暗面',
    baseUrl: 'https://api.moonshot.cn/v1',
    wire: 'openai',
    speaks: chat,
    catalogue: 'moonshotai',
  },
  {
    id: 'zhipu',
    label: 'Zhipu GLM 智谱',
    baseUrl: 'https://open.bigmodel.cn/api/paas/v4',
    wire: 'openai',
    speaks: chat,
    catalogue: 'zhipuai',
  },
  {
    id: 'siliconflow',
    label: 'SiliconFlow 硅基流动',
    baseUrl: 'https://api.siliconflow.cn/v1',
    wire: 'openai',
    speaks: chat,
    catalogue: null,
  },
  {
    id: 'volcengine',
    label: 'Volcengine Ark 火山方舟 (Doubao 豆包)',
    baseUrl: 'https://ark.cn-beijing.volces.com/api/v3',
    wire: 'openai',
    speaks: chat,
    catalogue: null,
  },
  {
    id: 'minimax',
    label: 'MiniMax',
    baseUrl: 'https://api.minimax.io/v1',
    wire: 'openai',
    speaks: chat,
    catalogue: 'minimax',
  },
  {
    id: 'openrouter',
    label: 'OpenRouter',
    baseUrl: 'https://openrouter.ai/api/v1',
    wire: 'openai',
    speaks: chatAndResponses,
    catalogue: 'openrouter',
  },
  {
    id: 'groq',
    label: 'Groq',
    baseUrl: 'https://api.groq.com/openai/v1',
    wire: 'openai',
    speaks: chatAndResponses,
    catalogue: 'groq',
  },
  {
    id: 'mistral',
    label: 'Mistral',
    baseUrl: 'https://api.mistral.ai/v1',
    wire: 'openai',
    speaks: chat,
    catalogue: 'mistral',
  },
  {
    id: 'cohere',
    label: 'Cohere',
    baseUrl: 'https://api.cohere.ai/compatibility/v1',
    wire: 'openai',
    speaks: chat,
    catalogue: 'cohere',
  },
  {
    id: 'xai',
    label: 'xAI',
    baseUrl: 'https://api.x.ai/v1',
    wire: 'openai',
    speaks: chatAndResponses,
    catalogue: 'x-ai',
  },
  {
    id: 'together',
    label: 'Together AI',
    baseUrl: 'https://api.together.xyz/v1',
    wire: 'openai',
    speaks: chat,
    catalogue: 'together',
  },
  {
    id: 'fireworks',
    label: 'Fireworks AI',
    baseUrl: 'https://api.fireworks.ai/inference/v1',
    wire: 'openai',
    speaks: chat,
    catalogue: 'fireworks',
  },
  {
    id: 'cerebras',
    label: 'Cerebras',
    baseUrl: 'https://api.cerebras.ai/v1',
    wire: 'openai',
    speaks: chat,
    catalogue: 'cerebras',
  },
  {
    id: 'ollama',
    label: 'Ollama',
    baseUrl: 'http://127.0.0.1:11434/v1',
    wire: 'openai',
    speaks: chat,
    catalogue: null,
  },
  {
    id: 'vllm',
    label: 'vLLM',
    baseUrl: 'http://127.0.0.1:8000/v1',
    wire: 'openai',
    speaks: chatAndResponses,
    catalogue: null,
  },
  {
    id: 'openai-compatible',
    label: 'OpenAI-compatible',
    baseUrl: null,
    wire: 'openai',
    speaks: chat,
    catalogue: 'by-maker',
  },
]

export function findVendor(id: string): Vendor | undefined {
  return vendors.find((vendor) => vendor.id === id)
}

/** In what a model of a vendor can be called. */
export function speaksOf({ speaks, families = [] }: Vendor, upstreamModel: string): readonly DialectName[] {
  return families.find(({ models }) => models.test(upstreamModel))?.speaks ?? speaks
}

/** Whether the gateway can speak to it. */
export function isCallable(vendor: Vendor): boolean {
  return vendor.speaks.length > 0
}
