import { messagesLayout } from '#app/messages-layout.tsx'

export default messagesLayout('budgets')
