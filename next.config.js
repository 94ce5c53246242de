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
}

export default withNextIntl(config)
