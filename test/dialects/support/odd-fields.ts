import type { DialectName } from '#lib/core/dialects.ts'
import type { Ask } from './ask.ts'
import type { Fields } from './fields.ts'
import type { Tongue } from './tongue.ts'

/** The least that can be asked. */
export const question: Ask = {
  system: [],
  turns: [{ role: 'user', results: [], said: [{ text: 'Hi' }] }],
  tools: [],
  toolChoice: null,
  parallelTools: true,
  format: null,
  cap: null,
  stop: [],
  temperature: null,
  topP: null,
  topK: null,
  seed: null,
  frequencyPenalty: null,
  presencePenalty: null,
  thinks: null,
  user: null,
}

const schema = { type: 'object', properties: {} }
const cached = { cache_control: { type: 'ephemeral' } }
const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex').toString('base64')
const gif = `data:image/gif;base64,${Buffer.from('GIF89a').toString('base64')}`

/** Each with what it is called where it is refused or said to be left out, and the fields that say it. */
const odd: Partial<Record<DialectName, [name: string, more: Fields][]>> = {
  'openai-chat': [
    ['n', { n: 2 }],
    ['logprobs', { logprobs: true }],
    ['logit_bias', { logit_bias: { 5: 1 } }],
    ['metadata', { metadata: { run: '7' } }],
    ['verbosity', { verbosity: 'low' }],
    ['prompt_cache_key', { prompt_cache_key: 'k' }],
    ['service_tier', { service_tier: 'flex' }],
    ['min_p', { min_p: 0.1 }],
    ['reasoning_effort', { reasoning_effort: 'heroic' }],
    ['response_format.type', { response_format: { type: 'grammar', grammar: 'x' } }],
    ['tools.0.type', { tools: [{ type: 'custom', custom: { name: 'sql' } }] }],
    ['tool_choice.type', { tool_choice: { type: 'allowed_tools', allowed_tools: { mode: 'auto', tools: [] } } }],
    ['top_logprobs', { top_logprobs: 2 }],
    ['tools.0.lazy', { tools: [{ type: 'function', function: { name: 'add', parameters: schema }, lazy: true }] }],
    [
      'tools.0.function.examples',
      { tools: [{ type: 'function', function: { name: 'add', parameters: schema, examples: [1] } }] },
    ],
    ['messages.0.mood', { messages: [{ role: 'user', content: 'Hi', mood: 'glad' }] }],
    [
      'messages.0.content.0.mood',
      { messages: [{ role: 'user', content: [{ type: 'text', text: 'Hi', mood: 'glad' }] }] },
    ],
    ['messages.0.tool_call_id', { messages: [{ role: 'tool', tool_call_id: 'call_1', content: 'Hi' }] }],
    ['messages', { messages: [{ role: 'user', content: '' }] }],
    ['messages.0.name', { messages: [{ role: 'user', name: 'ada', content: 'Hi' }] }],
    ['messages.0.role', { messages: [{ role: 'narrator', content: 'Hi' }] }],
    ['cache_control', { messages: [{ role: 'user', content: [{ type: 'text', text: 'Hi', ...cached }] }] }],
    ['cache_control', { tools: [{ type: 'function', function: { name: 'add', parameters: schema }, ...cached }] }],
    [
      'messages.1.content.0',
      {
        messages: [
          { role: 'user', content: 'Hi' },
          { role: 'assistant', content: [{ type: 'image_url', image_url: { url: gif } }] },
          { role: 'user', content: 'Well?' },
        ],
      },
    ],
    [
      'messages.1.audio',
      {
        messages: [
          { role: 'user', content: 'Hi' },
          { role: 'assistant', content: null, audio: { id: 'audio_1' } },
          { role: 'user', content: 'Well?' },
        ],
      },
    ],
    [
      'reasoning_content',
      {
        messages: [
          { role: 'user', content: 'Hi' },
          { role: 'assistant', content: 'Hello.', reasoning_content: 'They greet me.' },
          { role: 'user', content: 'Well?' },
        ],
      },
    ],
  ],
  'openai-responses': [
    ['previous_response_id', { previous_response_id: 'resp_1' }],
    ['top_logprobs', { top_logprobs: 2 }],
    ['include.0', { include: ['message.output_text.logprobs'] }],
    ['include.0', { include: ['file_search_call.results'] }],
    ['truncation', { truncation: 'auto' }],
    ['text.verbosity', { text: { verbosity: 'low' } }],
    ['text.format.type', { text: { format: { type: 'grammar' } } }],
    ['metadata', { metadata: { run: '7' } }],
    ['service_tier', { service_tier: 'flex' }],
    ['tools.0.defer_loading', { tools: [{ type: 'function', name: 'add', parameters: schema, defer_loading: true }] }],
    ['input.0.phase', { input: [{ role: 'user', content: 'Hi', phase: 'commentary' }] }],
    [
      'input.0.content.0.mood',
      { input: [{ role: 'user', content: [{ type: 'input_text', text: 'Hi', mood: 'glad' }] }] },
    ],
    ['reasoning.context', { reasoning: { effort: 'low', context: 'all_turns' } }],
    ['input.0.call_id', { input: [{ type: 'function_call_output', call_id: 'call_1', output: 'Hi' }] }],
    ['reasoning.summary', { reasoning: { summary: 'auto' } }],
    ['reasoning.effort', { reasoning: { effort: 'heroic' } }],
    ['tools.0.type', { tools: [{ type: 'custom', name: 'sql' }] }],
    ['tool_choice.type', { tool_choice: { type: 'allowed_tools', mode: 'auto', tools: [] } }],
    [
      'input.1.type',
      {
        input: [
          { role: 'user', content: 'Hi' },
          { type: 'custom_tool_call', call_id: 'c', name: 'sql', input: '' },
        ],
      },
    ],
    ['input.0.content.0.type', { input: [{ role: 'user', content: [{ type: 'input_hologram' }] }] }],
    [
      'encrypted_content',
      {
        input: [
          { role: 'user', content: 'Hi' },
          { type: 'reasoning', summary: [], encrypted_content: 'sealed' },
          { role: 'user', content: 'Well?' },
        ],
      },
    ],
  ],
  'anthropic-messages': [
    ['cache_control', cached],
    ['cache_control', { system: [{ type: 'text', text: 'Be brief.', ...cached }] }],
    ['cache_control', { tools: [{ name: 'add', input_schema: schema, ...cached }] }],
    ['cache_control', { messages: [{ role: 'user', content: [{ type: 'text', text: 'Hi', ...cached }] }] }],
    [
      'cache_control',
      {
        messages: [
          { role: 'user', content: 'Hi' },
          { role: 'assistant', content: [{ type: 'tool_use', id: 't', name: 'add', input: {} }] },
          {
            role: 'user',
            content: [{ type: 'tool_result', tool_use_id: 't', content: [{ type: 'text', text: 'Hi', ...cached }] }],
          },
        ],
      },
    ],
    ['tools.0.input_examples', { tools: [{ name: 'add', input_schema: schema, input_examples: [{ a: 1 }] }] }],
    ['thinking.type', { thinking: { type: 'dreamy' } }],
    ['metadata.run', { metadata: { run: '7' } }],
    [
      'messages.1.content.0.citations',
      {
        messages: [
          { role: 'user', content: 'Hi' },
          { role: 'assistant', content: [{ type: 'text', text: 'Hello.', citations: [{ type: 'char_location' }] }] },
          { role: 'user', content: 'Well?' },
        ],
      },
    ],
    [
      'messages.1.content.0.id',
      {
        messages: [
          { role: 'user', content: 'Hi' },
          { role: 'assistant', content: [{ type: 'tool_use', id: 't', name: 'add', input: {} }] },
          { role: 'user', content: 'Well?' },
        ],
      },
    ],
    ['context_management', { context_management: { edits: [] } }],
    ['service_tier', { service_tier: 'standard_only' }],
    ['tools.0.type', { tools: [{ type: 'bash_20250124', name: 'bash' }] }],
    ['tool_choice.type', { tool_choice: { type: 'sometimes' } }],
    ['output_config.effort', { output_config: { effort: 'heroic' } }],
    ['output_config.format.type', { output_config: { format: { type: 'grammar' } } }],
    [
      'messages.0.content.0.citations',
      {
        messages: [
          {
            role: 'user',
            content: [
              {
                type: 'document',
                source: { type: 'text', media_type: 'text/plain', data: 'Hi' },
                citations: { enabled: true },
              },
            ],
          },
        ],
      },
    ],
    [
      'messages.0.content.0.context',
      {
        messages: [
          {
            role: 'user',
            content: [
              { type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'Hi' }, context: 'Old.' },
            ],
          },
        ],
      },
    ],
    [
      'thinking',
      {
        messages: [
          { role: 'user', content: 'Hi' },
          {
            role: 'assistant',
            content: [
              { type: 'thinking', thinking: 'Hm.', signature: 'sig' },
              { type: 'text', text: 'Hello.' },
            ],
          },
          { role: 'user', content: 'Well?' },
        ],
      },
    ],
  ],
  gemini: [
    ['safetySettings', { safetySettings: [] }],
    ['labels', { labels: { run: '7' } }],
    ['generationConfig.candidateCount', { generationConfig: { candidateCount: 2 } }],
    ['generationConfig.responseLogprobs', { generationConfig: { responseLogprobs: true } }],
    ['generationConfig.responseModalities', { generationConfig: { responseModalities: ['IMAGE'] } }],
    ['generationConfig.responseSchema', { generationConfig: { responseSchema: { type: 'OBJECT' } } }],
    ['generationConfig.thinkingConfig.mood', { generationConfig: { thinkingConfig: { mood: 'glad' } } }],
    [
      'tools.0.functionDeclarations.0.response',
      { tools: [{ functionDeclarations: [{ name: 'add', response: { type: 'STRING' } }] }] },
    ],
    ['contents', { contents: [{ role: 'user', parts: [] }] }],
    [
      'contents.0.parts.0',
      { contents: [{ role: 'user', parts: [{ functionResponse: { name: 'add', response: { output: '3' } } }] }] },
    ],
    ['generationConfig.speechConfig', { generationConfig: { speechConfig: {} } }],
    ['generationConfig.responseMimeType', { generationConfig: { responseMimeType: 'text/x.enum' } }],
    [
      'generationConfig.thinkingConfig.thinkingLevel',
      { generationConfig: { thinkingConfig: { thinkingLevel: 'HEROIC' } } },
    ],
    ['toolConfig.retrievalConfig', { toolConfig: { retrievalConfig: { languageCode: 'de' } } }],
    ['toolConfig.functionCallingConfig.mode', { toolConfig: { functionCallingConfig: { mode: 'VALIDATED' } } }],
    ['tools.0.computerUse', { tools: [{ computerUse: { environment: 'ENVIRONMENT_BROWSER' } }] }],
    [
      'systemInstruction.parts.0',
      { systemInstruction: { parts: [{ inlineData: { mimeType: 'image/png', data: png } }] } },
    ],
    [
      'contents.0.parts.0.mediaResolution',
      { contents: [{ role: 'user', parts: [{ text: 'Hi', mediaResolution: { level: 'MEDIA_RESOLUTION_HIGH' } }] }] },
    ],
    [
      'contents.0.parts.0.videoMetadata',
      { contents: [{ role: 'user', parts: [{ text: 'Hi', videoMetadata: { fps: 2 } }] }] },
    ],
    [
      'thought',
      {
        contents: [
          { role: 'user', parts: [{ text: 'Hi' }] },
          { role: 'model', parts: [{ text: 'Hm.', thought: true }, { text: 'Hello.' }] },
          { role: 'user', parts: [{ text: 'Well?' }] },
        ],
      },
    ],
  ],
}

export function fieldsOf(dialect: DialectName): [string, Fields][] {
  return odd[dialect] ?? []
}

/** Who has words for it all the same. */
export function knows({ name }: Tongue, field: string): boolean {
  return field === 'cache_control' && name === 'anthropic-messages'
}
