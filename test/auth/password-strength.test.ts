import { expect, it } from 'vitest'
import { passwordStrength } from '#lib/core/password.ts'

it.each([
  ['', 'short'],
  ['Tr0ub4d&3', 'short'],
  ['password12', 'weak'],
  ['1234567890', 'weak'],
  ['abcdefghijklmnop', 'weak'],
  ['aaaaaaaaaaaaaaaaaaaa', 'weak'],
  ['qwerty123456', 'weak'],
  ['summerbreeze', 'fair'],
  ['correct horse battery', 'strong'],
  ['x9$Lq2!vRt7#', 'strong'],
  ['春眠不觉晓处处闻啼鸟夜来', 'strong'],
])('%j is %s', (password, strength) => expect(passwordStrength(password)).toBe(strength))
