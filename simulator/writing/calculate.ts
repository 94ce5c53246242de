/** "6 × 7 = 42"; null for what has no answer in short. */
export function calculate(left: string, sign: string, right: string): string | null {
  const [a, b] = [Number(left), Number(right)]
  const outcome = sign === '+' ? a + b : sign === '-' ? a - b : /[*x×]/i.test(sign) ? a * b : a / b
  if (!Number.isFinite(outcome)) return null
  const shownSign = /[*x×]/i.test(sign) ? '×' : /[/÷]/.test(sign) ? '÷' : sign
  const shown = Math.round(outcome * 1e6) / 1e6
  return `${a} ${shownSign} ${b} ${shown === outcome ? '=' : '≈'} ${shown}`
}
