import createNextIntl from 'next-intl/plugin'

const withNextIntl = createNextIntl('./lib/i18n/request.ts')

/** @type {import('next').NextConfig} */
const config = {
  typescript: { ignoreBuildErrors: true },
  poweredByHeader: false,
  reactStrictMode: true,
  serverExternalPackages: [
    'pg',
    '@prisma/client',
    '@prisma/adapter-pg',
    '@node-rs/argon2',
    'pino',
    'undici',
    'gpt-tokenizer',
  ],
  turbopack: {
    // And no folder above it, where somebody may have a lockfile of their own.
    root: import.meta.dirname,
    // Messages are parsed when the console is built (docs/adr/0126). The plugin of next-intl does the same, but gives out
    // script where Node and we import JSON.
    rules: {
      '*.json': {
        condition: { path: /(^|\/)messages\/[\w-]+\/\w+\.json$/ },
        loaders: ['./lib/i18n/parse-messages.js'],
      },
    },
    resolveAlias: {
      'use-intl/format-message': './node_modules/use-intl/dist/esm/production/format-message/format-only.js',
    },
  },
}

export default withNextIntl(config)
