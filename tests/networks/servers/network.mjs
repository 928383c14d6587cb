// A whole AT Protocol network (identities, personal data server, app view) on ports of the OS's
// choice. Prints one line of JSON when it stands, and ends on SIGTERM.
import { TestNetwork, mockMailer } from '@atproto/dev-env'
import { startChat } from './chat.mjs'

const network = await TestNetwork.create({
  dbPostgresUrl: process.env.DB_POSTGRES_URL,
  dbPostgresSchema: 'dev',
  pds: {
    hostname: 'localhost',
    jwtSecret: process.env.JWT_SECRET,
    enableDidDocWithSession: true,
    rateLimitsEnabled: true,
  },
})
mockMailer(network.pds)
const chat = await startChat(network.plc.url)
console.log(JSON.stringify({ pds: network.pds.url, bsky: network.bsky.url, chat: chat.service }))

const stop = async () => {
  try {
    await network.close()
  } finally {
    process.exit(0)
  }
}
process.on('SIGTERM', stop)
