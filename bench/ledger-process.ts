import { openLoad, runClosed } from './ledger-load.ts'

/** A second gateway process on the same database. */
const [appUrl, home, key, callers, seconds] = process.argv.slice(2) as [string, string, string, string, string]
const load = await openLoad(appUrl, home, JSON.parse(key))
process.once('message', async () => {
  const { rate } = await runClosed(load, Number(callers), Number(seconds))
  process.send!(rate)
  await load.close()
  process.disconnect()
})
process.send!('ready')
