// Every page that a link leads to, for strangers and for those who are signed in: in every language and width, light and
// dark, with large letters. Nothing overflows, no word is missing, axe-core finds nothing serious, the console is silent,
// the policy holds, and the page is light enough for a slow line.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { house } from '../house.mjs';
import { axeFindings, crawl, howMany, kind, languages, layoutFaults, listen, publicPages, sizes } from '../lib.mjs';

const MAX_PAGE_BYTES = 100_000;
/** May have several h1: it shows whole pages. */
const SAMPLES = '/styleguide';

/**
 * Readers, and the pages that each must come to by links alone: `*` stands for a number or an id. Where no link leads
 * there, the page is swept all the same, by its address.
 */
const READERS = [
  {
    who: 'stranger',
    pages: ['/', '/seasons', '/seasons/*', '/seasons/*/result', '/seasons/*/projects/*', '/seasons/*/ideas', '/seasons/*/ideas/*', '/matters', '/matters/*', '/notices', '/notices/*', '/ledger', '/ledger/entries/*', '/ledger/find', '/verdicts', '/verdicts/*', '/rounds', '/rounds/*', '/rounds/*/sheet', '/places/*/owner-rules', '/polls', '/polls/*', '/polls/*/ballots', '/conversations', '/conversations/*', '/conversations/*/map', '/conversations/*/statements', '/conversations/*/statements/*', '/conversations/*/vote', '/halls', '/halls/*', '/lots/*', '/places', '/places/*', '/places/*/people', '/organisations', '/organisations/*', '/receipts', '/sign-in?next=', '/sign-in/password?next=', '/source'],
  },
  { who: 'resident', pages: ['/due', '/matters/new', '/matters/*', '/notices/*', '/seasons/*/ideas', '/me', '/me/roles', '/me/devices', '/me/family', '/me/password'] },
  { who: 'worker', pages: ['/due', '/duties/*', '/matters/*', '/notices/*', '/notices/new', '/desk', '/residents/*', '/me/roles', '/posts/*'] },
  { who: 'officer', pages: ['/due', '/duties/*', '/duties/new', '/matters/*', '/notices/*', '/notices/new', '/places/*/people', '/places/*/people/appoint', '/organisations/*', '/posts/*', '/attendance'] },
  { who: 'admin', pages: ['/work/jobs', '/work/calendar', '/places/*', '/organisations'] },
];
/** Parts of a season that only a whole programme has: of the demonstration's season of 2024. */
const PARTS = ['visits', 'workshops', 'proposals', 'review', 'selection'];
/** Seasons of the demonstration that stand still in a stage, by their numbers, and the part of each that is swept. */
const STAGES = { 1: 'visits', 4: 'ideas', 7: 'review', 8: 'vote', 9: 'selection', 10: 'selection' };
/** What a stranger has seen and that is the same for everybody. */
const SAME_FOR_ALL = /^\/(ledger|source|verdicts|seasons(?!\/[^/]+\/ideas$)|styleguide|sign-in)/;
/** One's own pages are seen as a resident; only what the role opens is seen again. */
const SAME_AT_WORK = /^\/(me\/(devices|family|password)|matters\/new|due\?of=mine&|receipts|$)/;

const found = new Map();
const here = house(survey);

const path = (address) => kind(address).replace(/\?(?!next=).*/, '');

// Pages that a reader comes to by links, and those that must be there and were not come to.
async function readersPages({ who, pages }, places) {
  const page = await (who === 'stranger' ? here.visit() : here.as(who));
  const same = { stranger: [], resident: [SAME_FOR_ALL] }[who] ?? [SAME_FOR_ALL, SAME_AT_WORK];
  const skip = (address) => same.some((pattern) => pattern.test(address));
  const reached = who === 'stranger' ? await publicPages(page, here.url) : await crawl(page, here.url, { each: 1, skip: { test: (address) => skip(address) } });
  const kinds = new Set(reached.pages.map(path));
  const lost = pages.filter((wanted) => !kinds.has(wanted));
  const from = lost.map((wanted) => wanted.replace(/(places|residents)\/\*/, `$1/${places[who] ?? places.stranger}`)).filter((address) => !address.includes('*'));
  if (who === 'stranger') from.push(SAMPLES, ...PARTS.map((part) => `${places.season}/${part}`));
  const beyond = await crawl(page, here.url, { each: 1, most: 25, from, skip: { test: (address) => skip(address) || kinds.has(path(address)) } });
  const all = [...new Set([...reached.pages, ...beyond.pages, ...(who === 'stranger' ? places.stages : [])])];
  return { pages: all, lost, others: [...new Set([...reached.others, ...beyond.others])] };
}

async function survey() {
  const page = await here.visit();
  await page.goto('/places');
  const top = await page.locator('main a[href^="/places/"]').first().getAttribute('href');
  await page.goto(top);
  // where the worker of the demonstration works
  const below = await page.getByRole('main').getByRole('link', { name: '槐树里' }).first().getAttribute('href');
  const id = (address) => address.split('/')[2];
  const places = { stranger: id(below), worker: id(below), officer: id(top), admin: id(top), resident: id(below) };
  await page.goto('/seasons');
  places.season = await page.getByRole('main').getByRole('link', { name: /^2024 星选计划/ }).first().getAttribute('href');
  places.stages = [`${places.season}/result`];
  for (const [n, part] of Object.entries(STAGES)) {
    const season = page.getByRole('main').getByRole('link', { name: new RegExp(`^试一试 ${n}：`) }).first();
    places.stages.push(`${await season.getAttribute('href')}/${part}`);
  }
  for (const reader of READERS) found.set(reader.who, await readersPages(reader, places));
  await here.done();
}

// Runs `check` on every page as each reader and tells all faults at once; strangers beside those who are signed in, for
// there are as many pages of the ones as of the others.
async function onEach(how, check) {
  const faults = [];
  const asOne = async (who) => {
    const page = await (who === 'stranger' ? here.visit(how) : here.as(who, how));
    const heard = listen(page, here.url);
    for (const address of found.get(who).pages) {
      heard.length = 0;
      const answer = await page.goto(address);
      const said = await check(page, answer, address);
      faults.push(...[...heard, ...said].map((fault) => `${who} ${address}: ${fault}`));
    }
  };
  const inTurn = async (readers) => {
    for (const { who } of readers) await asOne(who);
  };
  const [stranger, ...others] = READERS;
  await Promise.all([inTurn([stranger]), inTurn(others)]);
  await here.done();
  assert.deepEqual(faults.sort(), []);
}

async function frame(page, answer, address, tag) {
  const faults = [];
  if (answer.status() !== 200) faults.push(`status ${answer.status()}`);
  const lang = await page.getAttribute('html', 'lang');
  if (lang !== tag) faults.push(`html lang is ${lang}`);
  if (!(await page.title())) faults.push('has no title');
  const n = await howMany(page.locator('h1'));
  if (address === SAMPLES ? n < 1 : n !== 1) faults.push(`has ${n} h1`);
  return faults;
}

describe('every page', () => {
  for (const { who } of READERS) {
    it(`is reached by links: ${who}`, () => {
      const { pages, lost } = found.get(who);
      console.log(`${who}: ${pages.join('  ')}`);
      assert.deepEqual(lost, [], `no link leads the ${who} to these`);
    });
  }

  it('has downloads that answer', async () => {
    for (const [who, { others }] of found) {
      const page = await (who === 'stranger' ? here.visit() : here.as(who));
      for (const address of others) assert.equal((await page.request.get(here.url + address)).status(), 200, `${who} ${address}`);
    }
    await here.done();
  });

  for (const { tag, locale } of languages) {
    it(`fits every width in ${tag}, with its words and no serious finding`, async () => {
      await onEach({ locale, width: 360 }, async (page, answer, address) => {
        const faults = await frame(page, answer, address, tag);
        for (const size of sizes) {
          await page.setViewportSize(size);
          faults.push(...(await layoutFaults(page)).map((fault) => `${size.width}: ${fault}`));
          // the same markup in each language: at a desk once
          if (size.width === 360 || (size.width === 1280 && tag === 'zh-Hans')) faults.push(...(await axeFindings(page)).map((f) => `${size.width}: ${f}`));
        }
        await page.setViewportSize(sizes[0]);
        return faults;
      });
    });
  }

  it('fits a phone with large letters', async () => {
    await onEach({ elder: true }, async (page) => [...(await layoutFaults(page)), ...(await axeFindings(page))]);
  });

  it('has enough contrast in the dark', async () => {
    await onEach({ dark: true }, axeFindings);
  });

  it('is complete without scripts', async () => {
    await onEach({ js: false }, layoutFaults);
  });

  it(`weighs at most ${MAX_PAGE_BYTES} bytes with all it loads`, async () => {
    const heavy = [];
    for (const [who, { pages }] of found) {
      const page = await (who === 'stranger' ? here.visit() : here.as(who));
      const session = await page.context().newCDPSession(page);
      await session.send('Network.enable');
      await session.send('Network.setCacheDisabled', { cacheDisabled: true });
      let bytes = 0;
      session.on('Network.loadingFinished', (event) => (bytes += event.encodedDataLength));
      for (const address of pages.filter((address) => address !== SAMPLES)) {
        bytes = 0;
        await page.goto(here.url + address, { waitUntil: 'load' });
        assert.ok(bytes > 0, `${address}: nothing was measured`);
        if (bytes > MAX_PAGE_BYTES) heavy.push(`${who} ${address}: ${bytes} bytes`);
      }
    }
    await here.done();
    assert.deepEqual(heavy, []);
  });
});
