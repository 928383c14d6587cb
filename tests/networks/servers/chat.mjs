// Bluesky's chat service is in no package, so this stands in for it, registered in the network's
// own directory of identities: the real personal data server finds it, signs a token and proxies.
import { createServer } from 'node:http'
import { Secp256k1Keypair } from '@atproto/crypto'
import * as plc from '@did-plc/lib'

const conversations = new Map()
const log = []

const caller = (request) => {
  const [, token] = (request.headers.authorization ?? '').split(' ')
  const claims = JSON.parse(Buffer.from(token.split('.')[1], 'base64url'))
  return claims.iss
}

const view = (convo, me) => ({
  id: convo.id,
  rev: String(convo.messages.length),
  members: convo.members.map((did) => ({ did, handle: 'handle.invalid' })),
  muted: false,
  unreadCount: 0,
  lastMessage: convo.messages.at(-1),
})

const between = (members) => {
  const id = [...members].sort().join('|')
  if (!conversations.has(id)) conversations.set(id, { id, members, messages: [] })
  return conversations.get(id)
}

const methods = {
  'chat.bsky.convo.getConvoForMembers': (me, query) => ({
    convo: view(between([...new Set([me, ...query.getAll('members')])]), me),
  }),
  'chat.bsky.convo.listConvos': (me) => ({
    convos: [...conversations.values()].filter((c) => c.members.includes(me)).map((c) => view(c, me)),
  }),
  'chat.bsky.convo.getConvo': (me, query) => ({
    convo: view(conversations.get(query.get('convoId')), me),
  }),
  'chat.bsky.convo.getMessages': (me, query) => ({
    messages: conversations.get(query.get('convoId')).messages.toReversed(),
  }),
  'chat.bsky.convo.getLog': (me, query) => ({
    cursor: String(log.length),
    logs: log.slice(Number(query.get('cursor') ?? 0)).filter((entry) => entry.members.includes(me)),
  }),
  'chat.bsky.convo.sendMessage': (me, _, { convoId, message }) => {
    const convo = conversations.get(convoId)
    const sent = {
      $type: 'chat.bsky.convo.defs#messageView',
      id: `m${log.length + 1}`,
      rev: String(log.length + 1),
      text: message.text,
      sender: { did: me },
      sentAt: new Date().toISOString(),
    }
    convo.messages.push(sent)
    log.push({
      $type: 'chat.bsky.convo.defs#logCreateMessage',
      rev: sent.rev,
      convoId,
      message: sent,
      members: convo.members,
    })
    return sent
  },
}

const answer = async (request, response) => {
  const url = new URL(request.url, 'http://localhost')
  const method = methods[url.pathname.replace('/xrpc/', '')]
  let body = ''
  for await (const part of request) body += part
  const result = method
    ? method(caller(request), url.searchParams, body ? JSON.parse(body) : {})
    : { error: 'MethodNotImplemented' }
  response.writeHead(method ? 200 : 501, { 'content-type': 'application/json' })
  response.end(JSON.stringify(result))
}

export async function startChat(plcUrl) {
  const server = createServer((request, response) => {
    answer(request, response).catch((error) => {
      response.writeHead(400, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ error: 'InvalidRequest', message: String(error) }))
    })
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  const endpoint = `http://localhost:${server.address().port}`
  const key = await Secp256k1Keypair.create()
  const client = new plc.Client(plcUrl)
  const did = await client.createDid({
    signingKey: key.did(),
    rotationKeys: [key.did()],
    handle: 'chat.test',
    pds: endpoint,
    signer: key,
  })
  await client.updateData(did, key, (data) => ({
    ...data,
    services: { ...data.services, bsky_chat: { type: 'BskyChatService', endpoint } },
  }))
  return { service: `${did}#bsky_chat` }
}
