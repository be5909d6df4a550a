// npm's ws or socket.io as an echo server, for WebContests. It says "port N" and what it uses, then answers each line on its
// standard input, and ends with it.
'use strict';
const http = require('http');
const readline = require('readline');

const server = http.createServer();
if (process.argv[2] === 'ws') {
  const { WebSocketServer } = require('ws');
  new WebSocketServer({ server }).on('connection', socket => {
    socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }));
    socket.on('error', () => socket.terminate());
  });
} else {
  const { Server } = require('socket.io');
  const io = new Server(server, { transports: ['websocket'], pingInterval: 24 * 60 * 60 * 1000, serveClient: false });
  io.on('connection', socket => socket.on('m', text => socket.emit('m', text)));
}

const addOns = ['bufferutil', 'utf-8-validate'].map(name => {
  try {
    require(name);
    return `with ${name}`;
  } catch {
    return `WITHOUT ${name}`;
  }
});
server.listen(0, '127.0.0.1', 1024, () =>
  console.log(`port ${server.address().port} ${require(process.argv[2] + '/package.json').version} on node ${process.version}, ${addOns.join(', ')}`));

readline.createInterface({ input: process.stdin }).on('line', () => {
  global.gc();
  const memory = process.memoryUsage();
  console.log(`${memory.heapUsed + memory.external} ${memory.rss} 0`);
}).on('close', () => process.exit(0));
