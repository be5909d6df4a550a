// npm's socket.io-parser: reads a file of packets, one a line in base64, and prints what it makes of each: "-" when it refuses
// it, else namespace, id and how many arguments there are. Attachments are a byte each.
'use strict';
const fs = require('node:fs');
const { Decoder } = require('socket.io-parser');

const told = fs.readFileSync(process.argv[2], 'utf8').trimEnd().split('\n').map((line) => {
  const text = Buffer.from(line, 'base64').toString();
  const decoder = new Decoder();
  let packet;
  decoder.on('decoded', (p) => (packet = p));
  try {
    decoder.add(text);
    for (let i = 0; packet === undefined && i < 10; i++) {
      decoder.add(Buffer.from([i]));
    }
  } catch {
    return '-';
  }
  return packet ? `${packet.nsp} ${packet.id ?? -1} ${(packet.data ?? []).length - (packet.type === 2 ? 1 : 0)}` : '-';
});
fs.writeFileSync(process.argv[3], told.join('\n'));
console.log('ok');
