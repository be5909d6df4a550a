// An echo server of npm's ws over https; prints its port.
const fs = require('fs');
const https = require('https');
const { WebSocketServer } = require('ws');

const server = https.createServer({ cert: fs.readFileSync(process.argv[2]), key: fs.readFileSync(process.argv[3]) });
new WebSocketServer({ server }).on('connection', socket => socket.on('message', (data, binary) => socket.send(data, { binary })));
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
setTimeout(() => process.exit(1), 60000);
