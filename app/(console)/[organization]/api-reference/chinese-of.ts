/** What the description of the API says, in Chinese, by what it says in English; a test holds that none is missing. */
export const chinese: Readonly<Record<string, string>> = {
  'List providers in the order to try them': '按尝试顺序列出供应商',
  'Create a provider; its credential is sealed and never shown again': '创建供应商；凭据加密保存，不再显示',
  'Read a provider': '查看供应商',
  'Change a provider; a new vendor or base URL needs the API key again':
    '更改供应商；更换厂商或接口地址时须重新提供 API 密钥',
  'Remove a provider and its deployments': '移除供应商及其部署',
  'Call the vendor with the saved credential; it lists its models, which costs nothing':
    '用已保存的凭据调用厂商并列出其模型，不产生费用',
  'List how credentials and deployments fare, as gateways learned it from real answers':
    '列出凭据与部署的健康状况，依据网关收到的真实响应',
  'Call a deployment again at once, or a provider with all of its deployments':
    '立即恢复调用某个部署，或某个供应商的全部部署',
  'List models': '列出模型',
  'Create a model; without a price each deployment takes that of the catalogue, if it is there':
    '创建模型；未给出价格时，各部署采用价目表中的价格（如有）',
  'Read a model': '查看模型',
  'Change a model; lists are whole. A new price is POST /prices': '更改模型；列表须完整给出。新价格请用 POST /prices',
  'Remove a model; nobody can call it any more': '移除模型；此后无人可以调用',
  'List every version of every price, the newest first': '列出所有价格的所有版本，最新的在前',
  'Set an own price, which wins over the catalogue from its effective date on':
    '设置自有价格，自生效之日起优先于价目表',
  'List re-ratings, the newest first': '列出重新计价记录，最新的在前',
  'Charge requests of the past by another price, as adjustments; sent again with its id it goes on':
    '以另一价格重新计算过去的请求，记为调整；用同一 id 再次发送即可继续',
  'Say what charging requests of the past by another price would change; nothing is changed':
    '预览以另一价格重新计价会带来的变化；不作任何更改',
  'Read a re-rating': '查看一次重新计价',
  'List projects': '列出项目',
  'Create a project': '创建项目',
  'Read a project': '查看项目',
  'Change a project; lists are whole': '更改项目；列表须完整给出',
  'Remove a project without keys': '移除没有密钥的项目',
  'List keys': '列出密钥',
  'Create a key; its secret is in this answer only': '创建密钥；密钥内容只出现在本次响应中',
  'Read a key with every budget that binds it': '查看密钥及约束它的所有预算',
  'Change a key; lists are whole': '更改密钥；列表须完整给出',
  'Revoke a key for good': '永久吊销密钥',
  'Pause a key': '暂停密钥',
  'Resume a paused key': '恢复已暂停的密钥',
  'Give a key a new secret; the old one works on for the grace': '为密钥更换内容；旧的在宽限期内继续有效',
  'List budgets with what is spent and reserved of them in their current period':
    '列出预算及其当前周期内的已用与预留金额',
  'Create a budget; it counts what its scope has already spent in the period':
    '创建预算；其范围在本周期内已有的花费计入其中',
  'Read a budget': '查看预算',
  'Change the limit of a budget, which binds the next request, or where it warns':
    '更改预算的限额（对下一次请求生效）或提醒比例',
  'Archive a budget; it binds nobody any more': '归档预算；此后不再约束任何人',
  'List the temporary raises of a budget, the newest first': '列出预算的临时提额，最新的在前',
  'Raise a budget until a moment; it binds the next request and ends by itself':
    '临时提高预算至某一时刻；对下一次请求生效，到期自动结束',
  'End a raise ahead of its time': '提前结束临时提额',
  'List what members ask for beyond their budgets, what is open first': '列出成员的提额申请，待处理的在前',
  'Ask for more in the name of the member who holds a key': '以密钥持有者的名义申请提额',
  'Raise a budget that binds the key: until a moment, or for good': '批准申请：临时或永久提高约束该密钥的预算',
  'Decline; whoever asked reads the note': '拒绝申请；申请人可看到说明',
  'List members': '列出成员',
  'Add a person, with a role that the key has at least': '添加成员，其角色不得高于本密钥的角色',
  'Read a member': '查看成员',
  "Change a member's role": '更改成员的角色',
  'Remove a member and revoke the own keys': '移除成员并吊销其名下的密钥',
  'Make a one-time link by which a member sets a password; earlier ones end. Open /join?token=… with it':
    '生成一次性链接供成员设置密码，之前的链接失效。请打开 /join?token=…',
  'Withdraw the open links of a member': '撤回成员尚未使用的链接',
  'Take the second factors off a member who lost them, and sign them out everywhere':
    '为丢失第二因素的成员移除第二因素，并使其在各处退出登录',
  'Read what a member would leave behind': '查看成员离开时会留下什么',
  'End a membership and say what becomes of keys, budgets and management keys, all of it or nothing':
    '结束成员身份并处置其密钥、预算与管理密钥，要么全部成功，要么全部不执行',
  'Bring a former member back, with the keys that paused and the budgets that ended when they left':
    '恢复前成员，连同其离开时暂停的密钥与结束的预算',
  'List who belonged here once, the latest to leave first': '列出前成员，最近离开的在前',
  'List members who were invited and have not come in': '列出已受邀但尚未加入的成员',
  'Invite a person by address and role: by mail, or with a one-time link where none can be sent':
    '按邮箱和角色邀请：通过邮件，无法发信时使用一次性链接',
  'Make a new link and send it; the one before ends': '生成并发送新链接，之前的失效',
  'Revoke the invitation of a member who has not come in': '撤销尚未加入者的邀请',
  'List requests, the newest first': '列出请求，最新的在前',
  'Read a request': '查看请求',
  "Sum usage by group and interval, in the organization's time zone; the last 30 days by default":
    '按分组与时间间隔汇总用量，以组织的时区为准；默认最近 30 天',
  'Derive every counter anew from the entries and say where the two differ':
    '由明细重新推算每个计数器，并指出两者不符之处',
  'List alerts, the newest first': '列出提醒，最新的在前',
  'Take an alert off the list of what is open': '将提醒标记为已处理',
  'List what was sent where, the newest first': '列出发送记录，最新的在前',
  'Send an alert to its channel once more, with the id that it had': '将提醒以原有 id 再次发送到其渠道',
  'List where alerts go': '列出通知渠道',
  'Create a channel; its address is sealed and never shown again': '创建通知渠道；地址加密保存，不再显示',
  'Change a channel: its name, its address, what goes there, or whether it is paused':
    '更改通知渠道：名称、地址、发送内容或是否暂停',
  'Remove a channel': '移除通知渠道',
  'Send a test to a channel, now': '立即向渠道发送测试消息',
  'List who changed what, the newest first': '列出操作记录，最新的在前',
  "Read the key's organization": '查看密钥所属的组织',
  "Change the key's organization": '更改密钥所属的组织',
  'The last four characters of the credential': '凭据的最后四个字符',
  'Of the provider, for its credential; or of the deployment': '供应商（其凭据）或部署的 id',
  'When it is tried again by itself': '自动重试的时间',
  'Models that take over when all deployments fail': '所有部署都失败时接替的模型',
  'Models for what is too long for this one': '内容超出本模型长度时使用的模型',
  'Models for what its content filter refuses': '被其内容过滤拒绝时使用的模型',
  'Whether an answer that breaks in the middle of its stream is gone on with by another deployment':
    '流式响应中断时是否由另一部署续写',
  'USD per million tokens': '每百万 Token 的美元价格',
  'USD, decimal and exact': '美元，精确的十进制数',
  'What is not paid by tokens of text: so many of a kind cost so much': '不按文本 Token 计价的部分：某类若干单位的价格',
  'In force now; null: unpriced': '当前生效的价格；null 表示未定价',
  'Whether keys with a cap can call it': '设有限额的密钥能否调用',
  'Their cost does not follow from a usage, so it stays': '其费用并非由用量得出，故保持不变',
  'Null: all': 'null 表示全部',
  'What temporary raises add to the limit just now': '临时提额当前增加的额度',
  'At which percentages of the limit it warns': '达到限额的哪些百分比时提醒',
  'The last four characters of the secret': '密钥的最后四个字符',
  'Null: all that the project allows': 'null 表示项目允许的全部',
  'Requests a day': '每日请求数',
  'By the tightest budget that binds it; null: no cap': '以约束它的最紧预算为准；null 表示无上限',
  'The secret, shown here and never again': '密钥内容，仅在此显示一次',
  'Names of alert channels that write to the member': '会通知该成员的提醒渠道名称',
  "The member's": '该成员的',
  'As the caller saw it; 499 when the caller left first': '调用方所见的状态码；调用方先断开时为 499',
  'What was used besides tokens of text, by kind': '除文本 Token 外的用量，按类别',
  'What a lost attempt may have cost; part of cost_usd': '丢失的尝试可能产生的费用，已含在 cost_usd 中',
  'Id of the budget, the request or the entry, or the hour': '预算、请求或明细的 id，或所在小时',
  'The last verification that ran by itself, once an hour': '最近一次每小时自动核对的结果',
  'As it stood when it was raised; amounts in USD': '提醒发出时的情况；金额为美元',
  'Null: it goes by mail to a person': 'null 表示通过邮件发给个人',
  'The address of that person': '此人的邮箱地址',
  'The host of its address': '其地址的主机名',
  'Empty: every kind': '空表示所有类别',
  'Of a webhook; shown only here': 'Webhook 的签名密钥，仅在此显示',
  'A key that spends ten times what is usual for it within an hour is paused, not only told of.':
    '密钥在一小时内的花费达到平常的十倍时予以暂停，而不仅是提醒',
  'Owners, and whose key or budget it is, are told of alerts by mail': '所有者及相关密钥或预算的成员会收到邮件提醒',
  'USD, decimal': '美元，十进制数',
  'Missing: all deployments of the model': '省略表示该模型的所有部署',
  'At most one a period': '每种周期至多一个',
  'Null or empty: no cap of its own': 'null 或空表示没有自己的上限',
  'Missing: the organization itself': '省略表示组织本身',
  'Missing: 50, 80, 95 and 100': '省略表示 50、80、95 和 100',
  'Missing: the budget that can pay for the least': '省略表示剩余最少的预算',
  'Missing: as much as was asked for': '省略表示按申请的金额',
  'The member who takes over what is transferred': '接收转移内容的成员',
  'Where no mail went out: open /join?token=… with it': '未发送邮件时提供：请打开 /join?token=…',
  'ok, error, refused, aborted or an HTTP status': 'ok、error、refused、aborted 或某个 HTTP 状态码',
  'One or more of key, model, project, member, provider, outcome':
    'key、model、project、member、provider、outcome 中的一个或多个',
  'For keys of owners': '仅限所有者的密钥',
}

/** What was never translated stays readable. */
export function chineseOf(text: string): string {
  return chinese[text] ?? text
}
