// A stranger who trusts nobody opens the ledger, an entry and its proof, and computes the proof with code that is not
// the server's: RFC 9162 (Merkle tree), RFC 8032 (Ed25519), c2sp.org/signed-note, c2sp.org/tlog-proof.

import assert from 'node:assert/strict';
import { createHash, createPublicKey, verify } from 'node:crypto';
import { after, before, describe, it } from 'node:test';

import { howMany, seen, signIn, startBrowser, startSite, visitor, word } from '../lib.mjs';

let site, browser;
before(async () => {
  site = await startSite();
  browser = await startBrowser();
});
after(async () => {
  await browser?.close();
  await site?.stop();
});

const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();
const leafHash = (bytes) => sha256(Uint8Array.of(0), bytes);
const nodeHash = (left, right) => sha256(Uint8Array.of(1), left, right);

// The root that a leaf and its path lead to (RFC 9162, 2.1.3.2).
function rootOf(leaf, index, size, path) {
  assert.ok(index < size, 'the entry is within the log');
  let [fn, sn, root] = [index, size - 1n, leaf];
  for (const step of path) {
    assert.notEqual(sn, 0n, 'the path is not too long');
    if (fn % 2n === 1n || fn === sn) {
      root = nodeHash(step, root);
      while (fn % 2n === 0n && fn !== 0n) [fn, sn] = [fn >> 1n, sn >> 1n];
    } else {
      root = nodeHash(root, step);
    }
    [fn, sn] = [fn >> 1n, sn >> 1n];
  }
  assert.equal(sn, 0n, 'the path is not too short');
  return root;
}

// Origin, size and root of a note that the key of `vkey` signed.
function openNote(note, vkey) {
  const [name, , key] = vkey.trim().split('+');
  const raw = Buffer.from(vkey.trim().split('+').slice(2).join('+'), 'base64');
  assert.equal(raw[0], 1, `an Ed25519 key: ${key}`);
  const id = sha256(`${name}\n`, raw).subarray(0, 4);
  const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), raw.subarray(1)]);
  const publicKey = createPublicKey({ key: spki, format: 'der', type: 'spki' });
  const cut = note.indexOf('\n\n') + 1;
  const text = note.slice(0, cut);
  const good = note.slice(cut).split('\n').filter((line) => line.startsWith(`— ${name} `)).some((line) => {
    const signature = Buffer.from(line.split(' ')[2], 'base64');
    return signature.subarray(0, 4).equals(id) && verify(null, Buffer.from(text), publicKey, signature.subarray(4));
  });
  assert.ok(good, 'the log signed it');
  const [origin, size, root] = text.split('\n');
  assert.equal(origin, name);
  return { size: BigInt(size), root: Buffer.from(root, 'base64') };
}

function openProof(text) {
  const cut = text.indexOf('\n\n');
  const [magic, ...lines] = text.slice(0, cut).split('\n');
  assert.equal(magic, 'c2sp.org/tlog-proof@v1');
  const index = BigInt(/^index (\d+)$/.exec(lines.find((line) => line.startsWith('index ')))[1]);
  const path = lines.slice(lines.findIndex((line) => line.startsWith('index ')) + 1).map((line) => Buffer.from(line, 'base64'));
  return { index, path, note: text.slice(cut + 2) };
}

describe('a stranger', () => {
  for (const js of [true, false]) {
    it(`finds an entry and its proof from the first page, ${js ? 'with' : 'without'} scripts, and computes it`, async () => {
      const page = await visitor(browser, site.url, { width: js ? 360 : 1280, js });
      await page.goto('/');
      await page.getByRole('contentinfo').getByRole('link', { name: word('footer-check') }).click();
      await page.getByRole('heading', { level: 1, name: word('ledger-title') }).waitFor();
      await page.getByRole('table').getByRole('link').first().click();
      await page.getByRole('main').getByRole('link', { name: word('ledger-file-proof') }).waitFor();
      assert.match(await seen(page.getByRole('main')), new RegExp(word('ledger-proof-holds')));

      const href = (key) => page.getByRole('main').getByRole('link', { name: word(key) }).getAttribute('href');
      const text = async (path) => (await page.request.get(site.url + path)).text();
      const vkey = await text(await href('ledger-file-key'));
      const { index, path, note } = openProof(await text(await href('ledger-file-proof')));
      assert.equal(String(index), new URL(page.url()).pathname.split('/').at(-1));
      // the entry's bytes as the page shows them
      const exact = page.locator('section', { has: page.getByRole('heading', { name: word('ledger-exact') }) });
      const bytes = Buffer.from(await exact.locator('pre, code').first().textContent());
      const { size, root } = openNote(note, vkey);
      const computed = rootOf(leafHash(bytes), index, size, path);
      assert.deepEqual(computed, root, 'the entry is in the log that the key signed');
      // and the computation can fail
      bytes[0] ^= 1;
      assert.notDeepEqual(rootOf(leafHash(bytes), index, size, path), root);
      await page.context().close();
    });
  }

  it('asks for an entry that is not there, and for nonsense, and is told so in words', async () => {
    const page = await visitor(browser, site.url);
    for (const path of ['/ledger/entries/99999999', '/ledger/entries/x', '/seasons/none', '/nowhere']) {
      const answer = await page.goto(path);
      assert.equal(answer.status(), 404, path);
      assert.equal(await page.getAttribute('html', 'lang'), 'zh-Hans');
      assert.ok((await page.getByRole('heading', { level: 1 }).innerText()).length > 0);
      assert.ok((await howMany(page.getByRole('main').getByRole('link'))) > 0, `${path} leaves a way on`);
    }
    await page.context().close();
  });

  it('sees that a new idea is one more entry', async () => {
    const page = await visitor(browser, site.url);
    const size = async () => BigInt((await (await page.request.get(`${site.url}/checkpoint`)).text()).split('\n')[1]);
    await signIn(page, 'resident');
    // what signing in wrote is placed a moment later
    await new Promise((done) => setTimeout(done, 2_000));
    const earlier = await size();
    await page.goto('/');
    await page.getByRole('main').getByRole('link', { name: word('idea-new') }).first().click();
    await page.getByLabel(word('idea-field-title')).fill('台账里多一条');
    await page.getByLabel(word('idea-field-body')).fill('看看是不是记下来了。');
    await page.getByRole('button', { name: word('idea-send') }).click();
    await page.getByText(word('idea-thanks')).waitFor();
    // the sequencer places entries a moment after they are written
    for (let tries = 0; (await size()) === earlier && tries < 100; tries++) await new Promise((done) => setTimeout(done, 100));
    assert.equal(await size(), earlier + 1n);
    await page.goto('/ledger');
    assert.match(await seen(page.getByRole('table').getByRole('row').nth(1)), new RegExp(String(earlier)));
    await page.context().close();
  });
});
