// The checks themselves: each must find the fault it is there for, on a page made bad on purpose.

import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, describe, it } from 'node:test';

import { axeFindings, crawl, layoutFaults, listen, startBrowser, visitor } from '../lib.mjs';

const page = (body) => `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A page</title></head><body><main><h1>A page</h1>${body}</main></body></html>`;
const pages = {
  '/': page('<p>Nothing is wrong here.</p><a href="/wide">wide</a> <a href="/n/1">one</a> <a href="/n/2">two</a> <a href="/n/3">three</a> <a href="/data.csv">data</a>'),
  '/away': page('<a href="/sign-out">out</a> <a href="/away?lang=en">en</a> <a href="/n/1">one</a> <a href="/on">on</a>'),
  '/wide': page('<div class="broad" style="width:2000px">too wide</div>'),
  '/twice': page('<p id="same">one</p><p id="same">two</p>'),
  '/word': page('<p>⟦home-title⟧</p>'),
  '/pale': page('<p style="color:#ddd;background:#fff">hard to read</p>'),
  '/unlabelled': page('<form><input type="text"></form>'),
  '/inline': page('<script>document.title = "run"</script>'),
  '/foreign': page('<img alt="" src="http://127.0.0.2:9/x.png">'),
  '/gone': page('<img alt="" src="/not-there.png">'),
  '/n/1': page('1'),
  '/n/2': page('2'),
  '/n/3': page('3'),
};

let server, url, browser;
before(async () => {
  server = createServer((request, response) => {
    if (request.url === '/on') return response.writeHead(303, { location: '/pale' }).end();
    const html = pages[request.url];
    const strict = request.url === '/inline' ? { 'content-security-policy': "default-src 'self'" } : {};
    const type = request.url === '/data.csv' ? 'text/csv' : 'text/html; charset=utf-8';
    response.writeHead(html || type === 'text/csv' || request.url === '/favicon.ico' ? 200 : 404, { 'content-type': type, ...strict });
    response.end(html ?? '');
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${server.address().port}`;
  browser = await startBrowser();
});
after(async () => {
  await browser?.close();
  server?.closeAllConnections();
  server?.close();
});

async function open(path) {
  const visit = await visitor(browser, url, { locale: 'en-GB' });
  const heard = listen(visit, url);
  await visit.goto(path, { waitUntil: 'networkidle' });
  return { visit, heard };
}

describe('the checks of a page', () => {
  it('find nothing on a good page', async () => {
    const { visit, heard } = await open('/');
    assert.deepEqual([await layoutFaults(visit), await axeFindings(visit), heard], [[], [], []]);
  });
  it('find what is wider than the screen', async () => {
    const { visit } = await open('/wide');
    assert.match((await layoutFaults(visit)).join(), /px wide in \d+ px: div.broad/);
  });
  it('find an id that occurs twice', async () => {
    const { visit } = await open('/twice');
    assert.match((await layoutFaults(visit)).join(), /ids that occur twice: same$/);
  });
  it('find a missing word', async () => {
    const { visit } = await open('/word');
    assert.match((await layoutFaults(visit)).join(), /a word is missing: ⟦home-title⟧/);
  });
  it('find pale text and a field without a label', async () => {
    assert.match((await axeFindings((await open('/pale')).visit)).join(), /color-contrast/);
    assert.match((await axeFindings((await open('/unlabelled')).visit)).join(), /label/);
  });
  it('hear a broken policy, a foreign server, and what is not there', async () => {
    assert.match((await open('/inline')).heard.join(), /Content Security Policy/);
    assert.match((await open('/foreign')).heard.join(), /asks another server: http:\/\/127\.0\.0\.2/);
    assert.match((await open('/gone')).heard.join(), /404 .*not-there/);
  });
  it('leave signing out, other languages and what is to be skipped alone, and follow a link that leads on', async () => {
    const visit = await visitor(browser, url);
    const found = await crawl(visit, url, { from: ['/away'], skip: /^\/n\// });
    assert.deepEqual(found, { pages: ['/away', '/pale'], others: [] });
  });
  it('crawl pages by kind and tell downloads apart', async () => {
    const visit = await visitor(browser, url);
    const found = await crawl(visit, url, { each: 2 });
    assert.deepEqual(found, { pages: ['/', '/wide', '/n/1', '/n/2'], others: ['/data.csv'] });
  });
});
