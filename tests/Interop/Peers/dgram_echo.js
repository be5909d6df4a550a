// Echoes datagrams on 127.0.0.1 and prints its port; "end" ends it. With a port as argument it sends three datagrams there
// first, one of them out of two buffers, and prints the answers.
'use strict';
const dgram = require('dgram');
const socket = dgram.createSocket('udp4');
socket.on('message', (message, from) => {
  const text = message.toString();
  if (process.argv[2]) {
    console.log(`${text} ${from.port} ${from.size}`);
    if (text === 'three') {
      socket.close();
    }
  } else if (text === 'end') {
    socket.close();
  } else {
    socket.send(message, from.port, from.address);
  }
});
socket.bind(0, '127.0.0.1', () => {
  if (!process.argv[2]) {
    console.log(`port ${socket.address().port}`);
    return;
  }

  const port = Number(process.argv[2]);
  socket.send('one', port, 'localhost', () => {
    socket.send([Buffer.from('tw'), Buffer.from('o')], port, '127.0.0.1', () => {
      socket.send('three', port, '127.0.0.1');
    });
  });
});
