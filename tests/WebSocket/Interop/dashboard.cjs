// Chromium, driven headless by playwright-core, on the dashboard of a board: each of its windows is a browser of its own. A line
// of JSON for each step; after "off" the board is to lose its power, after "away" to get it back.
'use strict';
const http = require('node:http');
const { chromium } = require('playwright-core');

const [executablePath, url, step, picture] = process.argv.slice(2);
const patience = { timeout: 25000 };
const say = (told) => console.log(JSON.stringify(told));

(async () => {
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'] });

  const open = async () => {
    const context = await browser.newContext({ viewport: { width: 900, height: 640 } });
    const page = await context.newPage();
    const messages = [];
    page.on('websocket', (ws) => ws.on('framereceived', (frame) => messages.push(JSON.parse(frame.payload))));
    await page.goto(url, { waitUntil: 'commit' });
    const shows = (id, text) => page.waitForFunction(([i, t]) => document.getElementById(i).textContent.includes(t), [id, text], patience);
    const set = async (ms) => {
      await page.fill('#ms', String(ms));
      await page.click('button');
    };
    const text = (id) => page.textContent('#' + id);
    const readings = () => messages.filter((m) => 'n' in m);
    const readingsAfter = async (begin, count) => {
      const end = Date.now() + patience.timeout;
      while (readings().length < begin + count && Date.now() < end) {
        await new Promise((done) => setTimeout(done, 10));
      }
      return readings().slice(begin, begin + count);
    };
    return { context, page, messages, shows, set, text, readings, readingsAfter };
  };

  // What a client without a browser is told.
  const upgrade = (headers, path = 'live') => new Promise((done, no) => {
    const request = http.get(url + path, {
      headers: { Connection: 'Upgrade', Upgrade: 'websocket', 'Sec-WebSocket-Version': '13', 'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==', ...headers },
    });
    request.on('error', no);
    request.on('upgrade', (_, socket) => done({ status: 101, body: socket.destroy() && '' }));
    request.on('response', async (response) => {
      let body = '';
      for await (const part of response) {
        body += part;
      }
      done({ status: response.statusCode, body });
    });
  });

  const first = await open();
  await first.shows('state', 'live');
  const five = await first.readingsAfter(0, 6);
  await first.shows('n', '#');
  say({ readings: five, name: await first.text('name'), value: await first.text('value'), begin: first.messages[0], foreign: await upgrade({ Origin: 'http://elsewhere' }), elsewhere: await upgrade({}, 'elsewhere') });

  const second = await open();
  await first.shows('clients', '2 of ');
  await second.shows('clients', '2 of ');
  await first.set(5);
  await first.shows('message', 'Expected');
  const refusal = await first.text('message');
  await first.set(100);
  await second.shows('interval', '100 ms');
  await first.shows('message', 'Set.');
  const begin = second.readings().length;
  say({ refusal, clients: await second.text('clients'), quick: await second.readingsAfter(begin, 6) });

  if (picture) {
    await first.readingsAfter(0, 61);
    await first.page.screenshot({ path: picture });
  }

  if (step === 'full') {
    const third = await open();
    await third.shows('state', 'room for');
    const full = await third.text('state');
    const answer = await upgrade({});
    await second.context.close();
    await third.shows('state', 'live');
    say({ full, answer, clients: await third.text('clients') });
  } else {
    const number = async () => Number((await first.text('n')).slice(1));
    const before = await number();
    say('off');
    await first.shows('state', 'away');
    await second.shows('state', 'away');
    say('away');
    await first.shows('state', 'live');
    await second.shows('state', 'live');
    await first.page.waitForFunction((n) => Number(document.getElementById('n').textContent.slice(1)) < n, before, patience);
    const after = await number();
    await first.shows('clients', '2 of ');
    say({ before, after, uptime: await first.text('uptime') });
  }

  await browser.close();
})().catch((e) => {
  say({ error: String(e) });
  process.exit(1);
});
