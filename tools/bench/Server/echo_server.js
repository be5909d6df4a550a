// node's net as an echo server, for ServerContests: says "port N", then answers each line on its standard input, and ends with it.
'use strict';
const net = require('net');
const readline = require('readline');

const server = net.createServer({ noDelay: true }, socket => {
  socket.on('data', data => socket.write(data));
  socket.on('error', () => socket.destroy());
});
server.listen(0, '127.0.0.1', 1024, () => console.log(`port ${server.address().port}`));

readline.createInterface({ input: process.stdin }).on('line', () => {
  global.gc();
  const memory = process.memoryUsage();
  console.log(`${memory.heapUsed + memory.external} ${memory.rss} 0`);
}).on('close', () => process.exit(0));
