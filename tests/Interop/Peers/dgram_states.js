// Makes calls on datagram sockets in every state, and prints what each gave: NAME CODE, or NAME ok. The same list is in
// DatagramSocket_NodeTests.cs.
'use strict';
const dgram = require('dgram');
const x = Buffer.from('x');

function say(name, call) {
  try {
    call();
    console.log(`${name} ok`);
  } catch (e) {
    console.log(`${name} ${e.code}`);
  }
}

function make() {
  const socket = dgram.createSocket('udp4');
  socket.on('error', () => {});
  return socket;
}

function calls(state, s) {
  say(`${state} address`, () => s.address());
  say(`${state} remoteAddress`, () => s.remoteAddress());
  say(`${state} disconnect`, () => s.disconnect());
  say(`${state} setBroadcast`, () => s.setBroadcast(true));
  say(`${state} setTTL 0`, () => s.setTTL(0));
  say(`${state} setTTL 1`, () => s.setTTL(1));
  say(`${state} setTTL 255`, () => s.setTTL(255));
  say(`${state} setTTL 256`, () => s.setTTL(256));
  say(`${state} setMulticastTTL -1`, () => s.setMulticastTTL(-1));
  say(`${state} setMulticastTTL 0`, () => s.setMulticastTTL(0));
  say(`${state} setMulticastTTL 255`, () => s.setMulticastTTL(255));
  say(`${state} setMulticastTTL 256`, () => s.setMulticastTTL(256));
  say(`${state} setMulticastLoopback`, () => s.setMulticastLoopback(true));
  say(`${state} setMulticastInterface`, () => s.setMulticastInterface('127.0.0.1'));
  say(`${state} setMulticastInterface text`, () => s.setMulticastInterface('abc'));
  say(`${state} setMulticastInterface foreign`, () => s.setMulticastInterface('192.0.2.1'));
  say(`${state} getSendBufferSize`, () => s.getSendBufferSize());
  say(`${state} getRecvBufferSize`, () => s.getRecvBufferSize());
  say(`${state} setSendBufferSize`, () => s.setSendBufferSize(8192));
  say(`${state} setRecvBufferSize`, () => s.setRecvBufferSize(8192));
  say(`${state} send port 0`, () => s.send(x, 0, 1, 0, '127.0.0.1'));
  say(`${state} send port 65536`, () => s.send(x, 0, 1, 65536, '127.0.0.1'));
  say(`${state} send port -1`, () => s.send(x, 0, 1, -1, '127.0.0.1'));
  say(`${state} send offset`, () => s.send(x, 2, 0, 9, '127.0.0.1'));
  say(`${state} send length`, () => s.send(x, 0, 2, 9, '127.0.0.1'));
  say(`${state} send null`, () => s.send(null, 0, 1, 9, '127.0.0.1'));
  say(`${state} send list null`, () => s.send([null], 9, '127.0.0.1'));
  say(`${state} addMembership none`, () => s.addMembership());
  say(`${state} dropMembership none`, () => s.dropMembership());
  say(`${state} connect port 0`, () => s.connect(0));
  say(`${state} connect port 65536`, () => s.connect(65536));
}

function memberships(s) {
  say('group unicast', () => s.addMembership('1.2.3.4'));
  say('group text', () => s.addMembership('abc'));
  say('group join', () => s.addMembership('239.1.2.3', '127.0.0.1'));
  say('group again', () => s.addMembership('239.1.2.3', '127.0.0.1'));
  say('group interface', () => s.addMembership('239.1.2.3', '192.0.2.1'));
  say('group interface text', () => s.addMembership('239.1.2.3', 'abc'));
  say('group leave', () => s.dropMembership('239.1.2.3', '127.0.0.1'));
  say('group leave again', () => s.dropMembership('239.1.2.3', '127.0.0.1'));
  say('group source', () => s.addSourceSpecificMembership('127.0.0.1', '232.1.1.1', '127.0.0.1'));
  say('group source leave', () => s.dropSourceSpecificMembership('127.0.0.1', '232.1.1.1', '127.0.0.1'));
}

calls('unbound', make());

const closed = make();
closed.close();
calls('closed', closed);
say('closed close', () => closed.close());
say('closed send', () => closed.send(x, 0, 1, 9, '127.0.0.1'));
say('closed bind', () => closed.bind(0));
say('closed addMembership', () => closed.addMembership('239.1.2.3'));

const socket = make();
say('binding bind', () => socket.bind(0, '127.0.0.1', bound));
say('binding bind again', () => socket.bind(0));
say('binding address', () => socket.address());

function bound() {
  calls('bound', socket);
  memberships(socket);
  say('bound bind', () => socket.bind(0));
  say('bound connect', () => socket.connect(9, '127.0.0.1', connected));
  say('connecting connect', () => socket.connect(9, '127.0.0.1'));
  say('connecting remoteAddress', () => socket.remoteAddress());
  say('connecting disconnect', () => socket.disconnect());
}

function connected() {
  say('connected connect', () => socket.connect(9));
  say('connected bind', () => socket.bind(0));
  say('connected remoteAddress', () => socket.remoteAddress());
  say('connected send', () => socket.send(x, 0, 1));
  say('connected send port', () => socket.send(x, 0, 1, 9, '127.0.0.1'));
  say('connected send length', () => socket.send(x, 0, 2));
  say('connected disconnect', () => socket.disconnect());
  say('connected disconnect again', () => socket.disconnect());
  say('disconnected remoteAddress', () => socket.remoteAddress());
  // Linux takes the port away with the peer, so another socket has one in use.
  const holder = make();
  holder.bind(0, '127.0.0.1', () => outcomes(holder.address().port));
}

// What a callback or the error event is told.
function outcomes(port) {
  const steps = [
    ['bind in use', (s, told) => s.on('error', told).bind(port, '127.0.0.1')],
    ['bind foreign', (s, told) => s.on('error', told).bind(0, '192.0.2.1')],
    ['bind other family', (s, told) => s.on('error', told).bind(0, '::1')],
    ['send other family', (s, told) => s.send(x, 0, 1, 9, '::1', told)],
    ['send broadcast', (s, told) => s.send(x, 0, 1, 9, '255.255.255.255', told)],
    ['send too long', (s, told) => s.send(Buffer.alloc(65508), 0, 65508, 9, '127.0.0.1', told)],
    ['send', (s, told) => s.send(x, 0, 1, 9, '127.0.0.1', told)],
    ['send list', (s, told) => s.send([x, x], 9, '127.0.0.1', told)],
    ['send empty list', (s, told) => s.send([], 9, '127.0.0.1', told)],
    ['connect', (s, told) => s.connect(9, '127.0.0.1', told)],
  ];
  (function next() {
    const step = steps.shift();
    if (!step) {
      process.exit(0);
    }

    let done = false;
    const s = make();
    step[1](s, (error, bytes) => {
      if (!done) {
        done = true;
        console.log(`told ${step[0]} ${error ? error.code : bytes === undefined ? 'ok' : bytes}`);
        s.close();
        next();
      }
    });
  })();
}
