import { tokensOf } from './tokens.ts'

const english = [
  'A short answer first, then the reason behind it.',
  'The three samples agree within the error of the measurement.',
  'I would start with the smallest model that passes your evaluation and move up only where it fails.',
  'Label this record as positive: the second sentence outweighs the first.',
  'Here is the summary: the method is sound, the sample is small, and the effect is worth another run.',
  'Split the work in batches, keep the seeds, and compare against the baseline before you change two things at once.',
]
const chinese = [
  '先给结论，再说理由。',
  '三组样本在测量误差范围内一致。',
  '建议先用能通过评测的最小模型，只在它失败的地方换更大的模型。',
  '这条记录标为正向：第二句的语气强于第一句。',
  '摘要：方法可靠，样本偏小，效果值得再做一轮实验。',
  '把任务分批处理，固定随机种子，改动之前先和基线比较。',
]

/** A believable answer in the script of the prompt; the same prompt always gets the same one. */
export function composeAnswer(prompt: string, outputTokens: number | null): string {
  const sentences = /[\u4e00-\u9fff]/.test(prompt) ? chinese : english
  let position = hashOf(prompt)
  const glue = sentences === chinese ? '' : ' '
  let text = sentences[position++ % sentences.length]!
  if (outputTokens === null) return `${text}${glue}${sentences[position % sentences.length]}`
  while (tokensOf(text).length < outputTokens) text += `${glue}${sentences[position++ % sentences.length]}`
  return text
}

function hashOf(text: string): number {
  let hash = 0
  for (let index = 0; index < text.length; index++) hash = (hash * 31 + text.charCodeAt(index)) >>> 0
  return hash
}
