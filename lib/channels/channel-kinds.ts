export const channelKinds = ['email', 'webhook', 'slack', 'feishu', 'dingtalk', 'wecom'] as const

export type ChannelKind = (typeof channelKinds)[number]
