// npm's ws as the peer. "client URL TASK [--deflate]" does a task against an echo server and ends; "server" serves, tells its
// port in its first line, and tells of each close in a line.
'use strict';
const { WebSocket, WebSocketServer } = require('ws');

const [, , role, url, task, option] = process.argv;
const pattern = Buffer.alloc(1 << 21);
for (let i = 0; i < pattern.length; i++) {
  pattern[i] = (i * 31 + (i >> 8)) & 0xff;
}

function fail(why) {
  console.log('failed: ' + why);
  process.exit(1);
}

function open() {
  const ws = new WebSocket(url, { perMessageDeflate: option === '--deflate' ? { threshold: 0 } : false });
  ws.on('error', (e) => fail(e.message));
  return ws;
}

// Echoes messages in order, a number of them under way at once.
function echo(messages, then) {
  const ws = open();
  const waiting = [];
  let next = messages.next();
  const fill = () => {
    while (!next.done && waiting.length < 64) {
      const { data, send } = next.value;
      waiting.push(data);
      send ? send(ws) : ws.send(data);
      next = messages.next();
    }
  };
  ws.on('open', fill);
  let count = 0;
  ws.on('message', (data, isBinary) => {
    const expected = waiting.shift();
    const same = typeof expected === 'string' ? !isBinary && data.toString() === expected : isBinary && data.equals(expected);
    if (!same) {
      fail(`message ${count}: ${expected.length} sent, ${data.length} came, binary ${isBinary}`);
    }
    count++;
    fill();
    if (next.done && waiting.length === 0) {
      then(ws, count);
    }
  });
  ws.on('close', (code) => waiting.length > 0 && fail('closed with ' + code));
}

function end(ws, count) {
  ws.on('close', (code, reason) => {
    console.log(`done ${count} ${code} ${reason}`);
    process.exit(0);
  });
  ws.close(4000, 'done');
}

function text() {
  let s = '';
  for (let plane = 0; plane <= 16; plane++) {
    for (const c of [0x21, 0xfffd, 0x1234]) {
      s += String.fromCodePoint((plane << 16) + c);
    }
  }
  return s;
}

const tasks = {
  *sizes() {
    for (let size = 0; size <= 65537; size++) {
      yield { data: pattern.subarray(size & 1023, (size & 1023) + size) };
    }
    yield { data: pattern.subarray(0, 1 << 20) };
  },
  *few() {
    for (const size of [0, 1, 125, 126, 127, 1000, 5000, 65535, 65536, 65537, 1 << 20]) {
      yield { data: pattern.subarray(0, size) };
      yield { data: 'x'.repeat(size) };
    }
  },
  *text() {
    const s = text();
    yield { data: '' };
    for (let i = 0; i < 300; i++) {
      yield { data: 'x'.repeat(i) + s };
    }
    yield { data: s.repeat(1000) };
  },
  *fragments() {
    const s = Buffer.from(text());
    for (let at = 1; at < s.length; at++) {
      yield {
        data: s.toString(),
        send(ws) {
          ws.send(s.subarray(0, at), { fin: false, binary: false });
          ws.ping('within');
          ws.send('', { fin: false });
          ws.send(s.subarray(at), { fin: true });
        },
      };
    }
  },
};

function pings() {
  const ws = open();
  let pongs = 0;
  ws.on('open', () => {
    for (let i = 0; i < 10000; i++) {
      ws.ping(String(i));
    }
  });
  ws.on('pong', (data) => {
    if (data.toString() !== String(pongs)) {
      fail(`pong ${pongs}: ${data}`);
    }
    if (++pongs === 10000) {
      end(ws, pongs);
    }
  });
}

function codes() {
  const all = [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4999];
  let left = all.length;
  for (const code of all) {
    const ws = open();
    ws.on('open', () => ws.close(code, 'because ' + code));
    ws.on('close', (got) => {
      if (got !== code) {
        fail(`closed with ${code}, answered by ${got}`);
      }
      if (--left === 0) {
        console.log(`done ${all.length} 0 `);
        process.exit(0);
      }
    });
  }
}

function serve() {
  const server = new WebSocketServer({
    port: 0,
    host: '127.0.0.1',
    perMessageDeflate: url === '--deflate' ? { threshold: 0 } : false,
    handleProtocols: (offered) => (offered.has('board') ? 'board' : false),
    verifyClient: ({ req }) => !req.url.startsWith('/refused'),
  });
  server.on('listening', () => console.log(server.address().port));
  server.on('connection', (ws, request) => {
    const [, what, value] = request.url.split('/');
    ws.on('error', () => {});
    ws.on('close', (code, reason) => console.log(`close ${code} ${reason}`));
    ws.on('message', (data, isBinary) => ws.send(data, { binary: isBinary }));
    if (what === 'close') {
      ws.close(Number(value), 'because');
    } else if (what === 'raw') {
      ws._socket.write(Buffer.from(value, 'hex'));
    } else if (what === 'terminate') {
      ws.terminate();
    } else if (what === 'pings') {
      for (let i = 0; i < Number(value); i++) {
        ws.ping();
      }
      let pongs = 0;
      ws.on('pong', () => ++pongs === Number(value) && ws.send('all'));
    }
  });
}

if (role === 'server') {
  serve();
} else if (task === 'pings') {
  pings();
} else if (task === 'codes') {
  codes();
} else {
  echo(tasks[task](), end);
}
