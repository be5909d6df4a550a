// Chromium, driven headless by playwright-core: pages of the board load socket.io-client from the board and talk to it.
// "CHROMIUM URL": prints a line of JSON for each task.
'use strict';
const { chromium } = require('playwright-core');

(async () => {
  const browser = await chromium.launch({ executablePath: process.argv[2], args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'] });
  const page = await browser.newPage();
  await page.goto(process.argv[3]);
  const result = await page.evaluate(async () => {
    const told = {};
    const once = (emitter, name) => new Promise((done) => emitter.once(name, (...args) => done(args)));
    const hex = (buffer) => [...new Uint8Array(buffer)].join(' ');
    const task = async (name, run) => {
      try {
        told[name] = await run();
      } catch (e) {
        told[name] = String(e);
      }
    };
    await task('refused', async () => {
      const error = await once(io('/secret', { transports: ['websocket'], auth: { token: 'wrong' } }), 'connect_error');
      return `${error[0].message} ${error[0].data.code}`;
    });
    await task('websocket', async () => {
      const socket = io('/', { transports: ['websocket'], forceNew: true });
      socket.on('question', (a, b, answer) => answer(a * b));
      const got = [];
      const all = new Promise((done) => socket.on('number', (n) => got.push(n) === 1000 && done()));
      for (let i = 0; i < 1000; i++) {
        socket.emit('number', i);
      }
      await all;
      const [text, bytes] = await socket.timeout(9000).emitWithAck('echo', 'br\u00f6d', new Uint8Array([1, 2, 255])).then((a) => a);
      const [product] = await socket.timeout(9000).emitWithAck('ask', 6, 7);
      await socket.timeout(9000).emitWithAck('join', 'red');
      socket.emit('tell', 'red', 'in the room');
      const [what] = await once(socket, 'told');
      socket.emit('cut');
      const [reason] = await once(socket, 'disconnect');
      await once(socket, 'connect');
      socket.emit('kick', false);
      const [end] = await once(socket, 'disconnect');
      return [got.every((n, i) => n === i), text, hex(bytes), product, what, reason, end].join('|');
    });
    await task('upgrade', async () => {
      const socket = io('/admin', { forceNew: true });
      await once(socket, 'connect');
      const before = (await socket.timeout(9000).emitWithAck('echo', new Uint8Array([7])))[0];
      if (socket.io.engine.transport.name !== 'websocket') {
        await once(socket.io.engine, 'upgrade');
      }
      const after = (await socket.timeout(9000).emitWithAck('echo', new Uint8Array([8])))[0];
      const transport = await socket.timeout(9000).emitWithAck('transport');
      socket.disconnect();
      return [hex(before), hex(after), transport].join('|');
    });
    await task('polling', async () => {
      const socket = io('/', { transports: ['polling'], forceNew: true });
      const got = [];
      const all = new Promise((done) => socket.on('number', (n) => got.push(n) === 100 && done()));
      for (let i = 0; i < 100; i++) {
        socket.emit('number', i);
      }
      await all;
      const transport = await socket.timeout(9000).emitWithAck('transport');
      socket.disconnect();
      return [got.every((n, i) => n === i), transport].join('|');
    });
    return told;
  });
  console.log(JSON.stringify(result));
  await browser.close();
})().catch((e) => {
  console.log(JSON.stringify({ error: String(e) }));
  process.exit(1);
});
