// npm's socket.io as the peer of our client: tells its port in its first line. Options: --port N, --ping MS.
'use strict';
const { Server } = require('socket.io');

const args = process.argv.slice(2);
const option = (name) => (args.includes(name) ? args[args.indexOf(name) + 1] : undefined);
const io = new Server(Number(option('--port') || 0), {
  pingInterval: Number(option('--ping') || 25000),
  pingTimeout: option('--ping') ? 2000 : 20000,
  cors: { origin: '*' },
});
const lead = (socket) => {
  socket.on('disconnect', (reason) => io.emit('left', socket.id, reason));
  socket.on('who', (answer) => answer({ id: socket.id, path: socket.nsp.name, auth: socket.handshake.auth, query: socket.handshake.query.token,
    agent: socket.handshake.headers['x-agent'] }));
  socket.on('echo', (...all) => all.pop()(...all));
  socket.on('back', (...all) => socket.emit('back', ...all));
  socket.on('number', (n) => socket.emit('number', n));
  socket.on('ask', (a, b, answer) => socket.timeout(9000).emit('question', a, b, (error, ...got) => answer(error ? String(error) : got)));
  socket.on('ask never', (answer) => socket.timeout(30).emit('never', (error) => answer(error ? error.message : 'answered')));
  socket.on('nobody', () => {});
  socket.on('join', (room, answer) => (socket.join(room), answer()));
  socket.on('tell', (room, what) => io.to(room).emit('told', what));
  socket.on('kick', (close) => socket.disconnect(close));
  socket.on('cut', () => socket.conn.transport.socket._socket.destroy());
  socket.on('bad', (text) => socket.conn.write(text));
};
io.on('connection', lead);
io.of('/admin').on('connection', lead);
io.of('/secret').use((socket, next) => {
  const error = new Error('unauthorized');
  error.data = { code: 7 };
  next(socket.handshake.auth.token === 'right' ? undefined : error);
});
io.of('/secret').on('connection', lead);
io.httpServer.on('listening', () => console.log(io.httpServer.address().port));
if (io.httpServer.listening) {
  console.log(io.httpServer.address().port);
}
process.stdin.on('end', () => process.exit(0)).resume();
