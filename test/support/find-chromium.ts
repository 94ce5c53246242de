import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chromium } from 'playwright-core'

const installed = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/** A real browser: one that is installed, else the test tool's own, else the system's package; throws when none is to be had. */
export function findChromium(): string {
  return (
    findInstalled() ??
    fetched('node', ['node_modules/playwright-core/cli.js', 'install', 'chromium']) ??
    fetched('sh', [
      '-c',
      'apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk',
    ]) ??
    missing()
  )
}

function findInstalled(): string | null {
  return [...installed, chromium.executablePath()].find((path) => path && existsSync(path)) ?? null
}

function fetched(command: string, parameters: string[]): string | null {
  spawnSync(command, parameters, { stdio: ['ignore', 'ignore', 'ignore'], timeout: 300_000 })
  return findInstalled()
}

function missing(): never {
  throw new Error('The browser stories need Chromium: install it, or set CHROMIUM_PATH.')
}
