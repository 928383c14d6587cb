// Preloaded into the test network: its servers listen without naming a host, which would open them
// to the outside; this makes 127.0.0.1 the default.
const net = require('node:net')

const listen = net.Server.prototype.listen
const isPort = (value) => typeof value === 'number' || /^\d+$/.test(String(value))

net.Server.prototype.listen = function (...args) {
  const [first, second] = args
  if (first === undefined || typeof first === 'function') {
    args.unshift(0, '127.0.0.1')
  } else if (typeof first === 'object' && first.port !== undefined && !first.host) {
    args[0] = { ...first, host: '127.0.0.1' }
  } else if (isPort(first) && typeof second !== 'string') {
    args.splice(1, 0, '127.0.0.1')
  }
  return listen.apply(this, args)
}
