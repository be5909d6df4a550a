// Chromium, driven headless by playwright-core: opens the page of each board and lets it talk to the board; a line for each.
'use strict';
const { chromium } = require('playwright-core');

(async () => {
  const browser = await chromium.launch({ executablePath: process.argv[2], args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'] });
  const talk = async () => {
    const url = location.href.replace('http', 'ws') + 'live';
    const open = (u, p) => new Promise((done, no) => {
      const ws = new WebSocket(u, p);
      ws.binaryType = 'arraybuffer';
      ws.onopen = () => done(ws);
      ws.onerror = () => no(new Error('no ' + u));
    });
    const message = (ws) => new Promise((done) => (ws.onmessage = (e) => done(e.data)));
    const closed = (ws) => new Promise((done) => (ws.onclose = (e) => done(`${e.code} ${e.reason} ${e.wasClean}`)));
    const told = { title: document.title, closes: [] };
    const ws = await open(url, ['other', 'board']);
    told.protocol = ws.protocol;
    told.extensions = ws.extensions;
    told.echoes = 0;
    for (const size of [0, 1, 125, 126, 127, 65535, 65536, 65537, 1 << 20]) {
      const sent = new Uint8Array(size).map((_, i) => i * 31);
      ws.send(sent);
      const got = new Uint8Array(await message(ws));
      told.echoes += got.length === size && got.every((b, i) => b === sent[i]) ? 1 : 0;
    }
    let text = '';
    for (let plane = 0; plane <= 16; plane++) {
      text += String.fromCodePoint((plane << 16) + 0x21) + String.fromCodePoint((plane << 16) + 0xfffd);
    }
    for (const s of ['', text, text.repeat(2000)]) {
      ws.send(s);
      told.echoes += (await message(ws)) === s ? 1 : 0;
    }
    ws.close(4001, 'bye');
    told.closes.push(await closed(ws));
    for (const path of ['/close/1000', '/close/4999', '/terminate']) {
      const other = await open(url + path);
      told.closes.push(await closed(other));
    }
    told.refused = await open(url + '/refused').then(() => false, () => true);
    return told;
  };
  for (const board of process.argv.slice(3)) {
    const page = await browser.newPage();
    await page.goto(board);
    console.log(JSON.stringify(await page.evaluate(talk)));
  }
  await browser.close();
})().catch((e) => {
  console.log(JSON.stringify({ error: String(e) }));
  process.exit(1);
});
