import { startAlertWorker } from '#lib/alerts/start-alert-worker.ts'

/** What a server does for alerts, in a process of its own that can be killed. */
startAlertWorker({ baseUrl: null, everyMs: 20 })
process.once('disconnect', () => process.exit(0))
