// npm's socket.io-client as the peer of our server: "URL TASK" does a task, prints "ok" or what went wrong, and ends.
'use strict';
const assert = require('node:assert');
const { io, Manager } = require('socket.io-client');

const [, , url, task] = process.argv;
const once = (emitter, name) => new Promise((done) => emitter.once(name, (...args) => done(args)));
const open = async (path = '/', options = {}) => {
  const socket = io(url + path, { transports: ['websocket'], forceNew: true, reconnectionDelay: 20, ...options });
  await new Promise((done, no) => {
    socket.once('connect', done);
    socket.once('connect_error', no);
  });
  return socket;
};
const refused = (path, options) => open(path, options).then(() => assert.fail('connected to ' + path), (e) => e);
const pattern = (size) => Buffer.alloc(size).map((_, i) => i * 31 + (i >> 8));
const values = [
  [], [null], [true, false], [0, -1, 1.5, 1e300, -0.25, 9007199254740991], [''], ['x'.repeat(70000)], ['\u0000'.length],
  ['\u0001\t"\\/ \u00e4 \u20ac \u{1F600}'], [{}], [[]], [{ a: [1, { b: null }], 'na"me': 'v' }], [[['deep']]],
  [[[[[[[[[[1]]]]]]]]]],
];
const binaries = [
  [Buffer.from([1, 2, 3])], [Buffer.alloc(0)], [Buffer.from([0]), 'between', pattern(70000)], [{ a: [{ b: pattern(10) }], c: Buffer.from('c') }],
  [[Buffer.from([255, 254]), [Buffer.from('x')]], 1],
];

const tasks = {
  async connect() {
    const socket = await open();
    assert.match(socket.id, /^[A-Za-z0-9_-]{20}$/);
    assert.deepStrictEqual(await socket.timeout(9000).emitWithAck('who'), { path: '/', id: socket.id, agent: 'yes' });
    socket.disconnect();
    const other = await open('/', { query: { token: 'a b&c' }, extraHeaders: { 'X-Agent': 'yes' } });
    assert.strictEqual(await other.timeout(9000).emitWithAck('query', 'token'), 'a b&c');
    other.disconnect();
  },
  async middleware() {
    const error = await refused('/secret', { auth: { token: 'wrong' } });
    assert.strictEqual(error.message, 'unauthorized');
    assert.deepStrictEqual(error.data, { code: 7 });
    const none = await refused('/secret');
    assert.strictEqual(none.message, 'unauthorized');
    assert.strictEqual((await refused('/nowhere')).message, 'Invalid namespace');
    const socket = await open('/secret', { auth: { token: 'right', name: '\u00e4' } });
    assert.strictEqual(await socket.timeout(9000).emitWithAck('name'), '\u00e4');
    socket.disconnect();
  },
  async namespaces() {
    const manager = new Manager(url, { transports: ['websocket'] });
    const root = manager.socket('/');
    const admin = manager.socket('/admin');
    await Promise.all([once(root, 'connect'), once(admin, 'connect')]);
    assert.notStrictEqual(root.id, admin.id);
    assert.strictEqual((await admin.timeout(9000).emitWithAck('who')).path, '/admin');
    assert.strictEqual((await root.timeout(9000).emitWithAck('who')).path, '/');
    admin.disconnect();
    assert.strictEqual((await root.timeout(9000).emitWithAck('who')).path, '/');
    admin.connect();
    await once(admin, 'connect');
    assert.strictEqual((await admin.timeout(9000).emitWithAck('who')).path, '/admin');
    root.disconnect();
    admin.disconnect();
  },
  async values() {
    const socket = await open();
    for (const args of [...values, ...binaries]) {
      assert.deepStrictEqual(await socket.timeout(9000).emitWithAck('echo', ...args), args);
      socket.emit('back', ...args);
      assert.deepStrictEqual(await once(socket, 'back'), args);
    }
    socket.emit('caf\u00e9 "x"\n', 1);
    assert.deepStrictEqual(await once(socket, 'caf\u00e9 "x"\n'), [1]);
    socket.disconnect();
  },
  async acks() {
    const socket = await open();
    socket.on('question', (a, b, answer) => answer(a + b, Buffer.from([9])));
    socket.on('later', (answer) => setTimeout(answer, 20, 'late'));
    socket.on('never', () => {});
    assert.deepStrictEqual(await socket.timeout(9000).emitWithAck('ask', 2, 3), [5, Buffer.from([9])]);
    assert.strictEqual(await socket.timeout(9000).emitWithAck('ask later'), 'late');
    assert.strictEqual(await socket.timeout(9000).emitWithAck('ask never'), 'ETIMEDOUT');
    assert.strictEqual(await socket.timeout(9000).emitWithAck('kept'), 'kept');
    await assert.rejects(socket.timeout(50).emitWithAck('nobody'), /timed out/);
    socket.disconnect();
  },
  async order() {
    const socket = await open();
    const got = [];
    const all = new Promise((done) => socket.on('number', (n) => got.push(n) === 1000 && done()));
    for (let i = 0; i < 1000; i++) {
      socket.emit('number', i);
    }
    await all;
    assert.deepStrictEqual(got, [...Array(1000).keys()]);
    socket.disconnect();
  },
  async rooms() {
    const [a, b, c] = await Promise.all([open(), open(), open()]);
    const got = { a: [], b: [], c: [] };
    for (const [name, socket] of Object.entries({ a, b, c })) {
      socket.on('told', (what) => got[name].push(what));
    }
    await a.timeout(9000).emitWithAck('join', 'red');
    await b.timeout(9000).emitWithAck('join', 'red');
    await b.timeout(9000).emitWithAck('join', 'blue');
    await c.timeout(9000).emitWithAck('join', 'blue');
    const tell = (from, how, what) => from.timeout(9000).emitWithAck('tell', how, what);
    await tell(a, 'red', 1);
    await tell(a, 'both', 2);
    await tell(a, 'red not blue', 3);
    await tell(a, 'others', 4);
    await tell(a, 'all', 5);
    await tell(b, 'others in blue', 6);
    await tell(a, 'id ' + c.id, 7);
    await tell(a, 'volatile', 8);
    await c.timeout(9000).emitWithAck('leave', 'blue');
    await tell(a, 'blue', 9);
    await Promise.all([a, b, c].map((s) => s.timeout(9000).emitWithAck('who')));
    assert.deepStrictEqual(got, { a: [1, 2, 3, 5, 8], b: [1, 2, 4, 5, 8, 9], c: [2, 4, 5, 6, 7, 8] });
    assert.deepStrictEqual(await b.timeout(9000).emitWithAck('my rooms'), ['red', 'blue']);
    [a, b, c].forEach((s) => s.disconnect());
  },
  async disconnects() {
    const a = await open();
    a.emit('kick', false);
    assert.strictEqual((await once(a, 'disconnect'))[0], 'io server disconnect');
    assert.strictEqual(a.active, false);
    const b = await open();
    b.emit('kick', true);
    assert.strictEqual((await once(b, 'disconnect'))[0], 'io server disconnect');
    const c = await open();
    const watcher = await open();
    const reason = once(watcher, 'left');
    c.disconnect();
    assert.strictEqual((await reason)[1], 'client namespace disconnect');
    const d = await open();
    const other = once(watcher, 'left');
    d.io.engine.transport.ws._socket.destroy();
    assert.match((await other)[1], /^transport (close|error)$/);
    d.disconnect();
    const e = await open();
    const garbled = once(watcher, 'left');
    e.io.engine.transport.ws.send('42{"no":"array"}');
    assert.strictEqual((await garbled)[1], 'parse error');
    e.disconnect();
    watcher.disconnect();
  },
  async reconnect() {
    const socket = await open();
    const first = socket.id;
    socket.emit('cut');
    assert.match((await once(socket, 'disconnect'))[0], /^transport (close|error)$/);
    socket.emit('echo-later', 1);
    await once(socket, 'connect');
    assert.notStrictEqual(socket.id, first);
    assert.strictEqual((await socket.timeout(9000).emitWithAck('who')).id, socket.id);
    socket.disconnect();
  },
  async ping() {
    const socket = await open();
    let pings = 0;
    await new Promise((done) => socket.io.on('ping', () => ++pings === 3 && done()));
    assert.strictEqual(socket.connected, true);
    const watcher = await open();
    const left = once(watcher, 'left');
    socket.io.engine.transport.ws._socket.pause();
    assert.strictEqual((await left)[1], 'ping timeout');
    watcher.disconnect();
    socket.disconnect();
  },
  async polling() {
    const socket = await open('/', { transports: ['polling'] });
    for (const args of [...values, ...binaries]) {
      assert.deepStrictEqual(await socket.timeout(9000).emitWithAck('echo', ...args), args);
    }
    assert.strictEqual(socket.io.engine.transport.name, 'polling');
    await tasks.order();
    const got = [];
    const all = new Promise((done) => socket.on('number', (n) => got.push(n) === 300 && done()));
    for (let i = 0; i < 300; i++) {
      socket.emit('number', i);
    }
    await all;
    assert.deepStrictEqual(got, [...Array(300).keys()]);
    socket.emit('kick', true);
    assert.strictEqual((await once(socket, 'disconnect'))[0], 'io server disconnect');
    const other = await open('/', { transports: ['polling'] });
    const watcher = await open();
    const left = once(watcher, 'left');
    other.disconnect();
    assert.strictEqual((await left)[1], 'client namespace disconnect');
    watcher.disconnect();
  },
  async upgrade() {
    const socket = io(url, { forceNew: true });
    const upgraded = new Promise((done) => socket.io.engine.once('upgrade', (t) => done(t.name)));
    const got = [];
    const all = new Promise((done) => socket.on('number', (n) => got.push(n) === 1000 && done()));
    await once(socket, 'connect');
    const answers = [];
    for (let i = 0; i < 1000; i++) {
      socket.emit('number', i);
      if (i % 50 === 0) {
        answers.push(await socket.timeout(9000).emitWithAck('echo', i, Buffer.from([i & 255])));
      }
    }
    await all;
    assert.strictEqual(await upgraded, 'websocket');
    assert.deepStrictEqual(got, [...Array(1000).keys()]);
    assert.deepStrictEqual(answers[19], [950, Buffer.from([950 & 255])]);
    assert.strictEqual(await socket.timeout(9000).emitWithAck('transport'), 'websocket');
    socket.disconnect();
  },
  async recovery() {
    const socket = await open();
    const watcher = await open();
    assert.strictEqual(socket.recovered, false);
    await socket.timeout(9000).emitWithAck('join', 'red');
    watcher.emit('tell', 'red', 'before');
    await once(socket, 'told');
    const got = [];
    socket.on('told', (what) => got.push(what));
    const id = socket.id;
    socket.io.engine.close();
    await watcher.timeout(9000).emitWithAck('tell', 'red', 'missed 1');
    await watcher.timeout(9000).emitWithAck('tell', 'blue', 'not for it');
    await watcher.timeout(9000).emitWithAck('tell', 'id ' + id, Buffer.from('missed 2'));
    await once(socket, 'connect');
    assert.strictEqual(socket.recovered, true);
    assert.strictEqual(socket.id, id);
    await watcher.timeout(9000).emitWithAck('tell', 'red', 'after');
    await socket.timeout(9000).emitWithAck('who');
    assert.deepStrictEqual(got, ['missed 1', Buffer.from('missed 2'), 'after']);
    socket.disconnect();
    watcher.disconnect();
  },
};

tasks[task]().then(
  () => {
    console.log('ok');
    process.exit(0);
  },
  (e) => {
    console.log('failed: ' + String(e.stack || e).replace(/\n/g, ' | '));
    process.exit(1);
  });
