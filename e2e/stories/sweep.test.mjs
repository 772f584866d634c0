// Every public page, in every language and width, light and dark: nothing overflows, no word is missing, axe-core finds
// nothing serious, the console is silent, the policy holds, and the page is light enough for a slow line.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { axeFindings, languages, layoutFaults, listen, publicPages, sizes, startBrowser, startSite, visitor } from '../lib.mjs';

const MAX_PAGE_BYTES = 100_000;

let site, browser, found;
before(async () => {
  site = await startSite();
  browser = await startBrowser();
  const page = await visitor(browser, site.url);
  found = await publicPages(page, site.url);
  await page.context().close();
});
after(async () => {
  await browser?.close();
  await site?.stop();
});

// Runs `check` on every page with one visitor and tells all faults at once.
async function onEach(how, check) {
  const page = await visitor(browser, site.url, how);
  const heard = listen(page, site.url);
  const faults = [];
  for (const path of found.pages) {
    heard.length = 0;
    const answer = await page.goto(path);
    const said = await check(page, answer, path);
    faults.push(...[...heard, ...said].map((fault) => `${path}: ${fault}`));
  }
  await page.context().close();
  assert.deepEqual(faults, []);
}

describe('every public page', () => {
  it('is reached from the first one', () => {
    console.log(found.pages.join('  '));
    const kinds = ['/', '/seasons', '/ledger'];
    assert.deepEqual(kinds.filter((path) => !found.pages.includes(path)), []);
    for (const kind of [/^\/seasons\/[^/]+$/, /\/result$/, /\/projects\/[^/]+$/, /\/ideas$/, /^\/ledger\/entries\//]) {
      assert.ok(found.pages.some((path) => kind.test(path)), `no page like ${kind} in ${found.pages.join(' ')}`);
    }
  });

  it('links to downloads that answer', async () => {
    for (const path of found.others) {
      const answer = await fetch(site.url + path);
      assert.equal(answer.status, 200, path);
    }
  });

  for (const { tag, locale } of languages) {
    it(`fits every width in ${tag}, with its words and no serious finding`, async () => {
      await onEach({ locale, width: 360 }, async (page, answer) => {
        const faults = [];
        if (answer.status() !== 200) faults.push(`status ${answer.status()}`);
        const lang = await page.getAttribute('html', 'lang');
        if (lang !== tag) faults.push(`html lang is ${lang}`);
        if (!(await page.title())) faults.push('has no title');
        if ((await page.locator('h1').count()) !== 1) faults.push('has not exactly one h1');
        for (const size of sizes) {
          await page.setViewportSize(size);
          faults.push(...(await layoutFaults(page)).map((fault) => `${size.width}: ${fault}`));
          if (size.width === 1280 || size.width === 360) faults.push(...(await axeFindings(page)).map((f) => `${size.width}: ${f}`));
        }
        await page.setViewportSize(sizes[0]);
        return faults;
      });
    });
  }

  it('has enough contrast in the dark', async () => {
    await onEach({ dark: true }, axeFindings);
  });

  it('is complete without scripts', async () => {
    await onEach({ js: false }, layoutFaults);
  });

  it(`weighs at most ${MAX_PAGE_BYTES} bytes with all it loads`, async () => {
    const page = await visitor(browser, site.url);
    const session = await page.context().newCDPSession(page);
    await session.send('Network.enable');
    await session.send('Network.setCacheDisabled', { cacheDisabled: true });
    let bytes = 0;
    session.on('Network.loadingFinished', (event) => (bytes += event.encodedDataLength));
    const heavy = [];
    for (const path of found.pages) {
      bytes = 0;
      await page.goto(site.url + path, { waitUntil: 'networkidle' });
      assert.ok(bytes > 0, `${path}: nothing was measured`);
      if (bytes > MAX_PAGE_BYTES) heavy.push(`${path}: ${bytes} bytes`);
    }
    await page.context().close();
    assert.deepEqual(heavy, []);
  });
});
