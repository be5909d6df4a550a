// Echoes of several sizes over wss://, with npm's ws. Prints "ok" or what is wrong.
const fs = require('fs');
const WebSocket = require('ws');

const sizes = [0, 1, 125, 126, 1000, 16383, 16384, 16385, 60000];
const socket = new WebSocket(process.argv[2], { ca: fs.readFileSync(process.argv[3]) });
let next = 0;
const send = () => socket.send(Buffer.alloc(sizes[next], next));
socket.on('open', send);
socket.on('error', error => { console.log(error.message); process.exit(1); });
socket.on('message', data => {
  if (!data.equals(Buffer.alloc(sizes[next], next))) {
    console.log(`${sizes[next]} bytes came back as ${data.length}`);
    process.exit(1);
  }

  if (++next < sizes.length) send(); else socket.close(1000);
});
socket.on('close', code => { console.log(code === 1000 ? 'ok' : `closed with ${code}`); process.exit(0); });
