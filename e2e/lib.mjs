// What the stories share: a demonstration of their own, a browser, words of the pages, and the checks of a page.

import { execFileSync, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

import { chromium } from 'playwright-core';

const here = dirname(fileURLToPath(import.meta.url));
export const root = resolve(here, '..');

/** Each language with the tag its page must carry and what a browser of its speakers asks for. */
export const languages = [
  { tag: 'zh-Hans', locale: 'zh-CN' },
  { tag: 'zh-Hant', locale: 'zh-TW' },
  { tag: 'en', locale: 'en-GB' },
  { tag: 'ko', locale: 'ko-KR' },
];

/** A phone, a tablet, a desk. */
export const sizes = [
  { width: 360, height: 800 },
  { width: 768, height: 1024 },
  { width: 1280, height: 900 },
];

// ---- the demonstration ---------------------------------------------------------------------------------------------

/** The program under test. */
export function binary() {
  const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache');
  const target = process.env.CARGO_TARGET_DIR ?? join(cache, 'linli/target');
  const path = process.env.LINLI_BIN ?? join(target, 'debug/linli');
  if (!existsSync(path)) throw new Error(`${path} is missing; ./test builds it, or set LINLI_BIN`);
  return path;
}

// Loading takes seconds: it is done once a run, and each site serves a copy. LINLI_E2E_DEMO names the folder.
function loadedDemo() {
  const kept = process.env.LINLI_E2E_DEMO;
  const folder = kept ?? mkdtempSync(join(tmpdir(), 'linli-e2e-demo-'));
  const mark = join(folder, 'E2E-READY');
  if (!existsSync(mark)) {
    execFileSync(binary(), ['demo', '--load-only', '--data', folder], { stdio: ['ignore', 'ignore', 'inherit'] });
    writeFileSync(mark, '');
  }
  return { folder, end: () => kept ?? rmSync(folder, { recursive: true, force: true }) };
}

/**
 * Starts a demonstration of its own on a free port.
 * @returns {Promise<{url: string, stop: () => Promise<void>}>}
 */
export async function startSite() {
  const demo = loadedDemo();
  const data = mkdtempSync(join(tmpdir(), 'linli-e2e-'));
  cpSync(demo.folder, data, { recursive: true });
  demo.end();
  const child = spawn(binary(), ['demo', '--data', data, '--port', '0'], { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise((done) => child.once('exit', done));
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  const stop = async () => {
    child.kill('SIGTERM');
    const late = setTimeout(kill, 10_000);
    await ended;
    clearTimeout(late);
    process.removeListener('exit', kill);
    rmSync(data, { recursive: true, force: true });
  };
  try {
    const url = await address(child, ended);
    await ready(url);
    return { url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

// The line with the address, within a minute.
function address(child, ended) {
  return new Promise((found, failed) => {
    let said = '';
    const late = setTimeout(() => failed(new Error(`no address within a minute; it said:\n${said}`)), 60_000);
    const hear = (bytes) => {
      said = (said + bytes).slice(-20_000);
      const line = /http:\/\/127\.0\.0\.1:(\d+)/.exec(said);
      if (line && line[1] !== '0') {
        clearTimeout(late);
        found(line[0]);
      }
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    ended.then((code) => {
      clearTimeout(late);
      failed(new Error(`linli demo ended with ${code}; it said:\n${said}`));
    });
  });
}

async function ready(url) {
  for (let tries = 0; ; tries++) {
    const answer = await fetch(`${url}/readyz`).catch(() => null);
    if (answer?.ok) return;
    if (tries > 100) throw new Error(`${url}/readyz does not say that it is ready`);
    await new Promise((done) => setTimeout(done, 100));
  }
}

// ---- the browser ---------------------------------------------------------------------------------------------------

/** Debian's Chromium; nothing is downloaded. */
export function startBrowser() {
  return chromium.launch({
    executablePath: process.env.LINLI_CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-dev-shm-usage',
      '--disable-background-networking', '--disable-component-update', '--disable-sync',
    ],
  });
}

/**
 * A visitor: a fresh context and page.
 * @param {{width?: number, locale?: string, js?: boolean, dark?: boolean, elder?: boolean, state?: object}} how `state`: the cookies of
 *   somebody who has signed in before, as a context's `storageState()` gives them
 */
export async function visitor(browser, url, { width = 360, locale = 'zh-CN', js = true, dark = false, elder = false, state } = {}) {
  const context = await browser.newContext({
    baseURL: url,
    viewport: sizes.find((size) => size.width === width) ?? { width, height: 900 },
    locale,
    storageState: state,
    javaScriptEnabled: js,
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
    isMobile: width < 600,
    hasTouch: width < 600,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  if (elder) await page.goto('/?view=elder');
  return page;
}

/**
 * Signs a visitor in as one of the demonstration's people (`demo-as-<who>`), through the pages, from where the visitor
 * stands or from `/sign-in`. `name` chooses among those who share a telephone; without it the page that asks who is
 * left standing.
 */
export async function signIn(page, who, { name, here = false } = {}) {
  if (!here) await page.goto('/sign-in');
  await page.getByRole('button', { name: word(`demo-as-${who}`), exact: true }).click();
  const code = pattern('sign-in-code-demo').exec(await seen(page.getByRole('main')))?.[1];
  if (!code) throw new Error(`no code for ${who}: ${await seen(page.getByRole('main'))}`);
  await page.getByLabel(word('sign-in-code')).fill(code);
  const answered = page.waitForResponse((response) => new URL(response.url()).pathname === '/sign-in/code');
  await page.getByRole('button', { name: word('sign-in-go'), exact: true }).click();
  // one person: inside; several: asked who
  if ((await answered).status() === 200 && name) await page.getByRole('button', { name, exact: true }).click();
  if ((await answered).status() !== 200 || name) await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
}

// ---- words ---------------------------------------------------------------------------------------------------------

const catalogues = new Map();

function catalogue(tag) {
  if (!catalogues.has(tag)) {
    const folder = join(root, 'locales', tag);
    const text = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8')).join('\n');
    catalogues.set(tag, new Map([...text.matchAll(/^([a-z][\w-]*) = (.*)$/gm)].map((m) => [m[1], m[2]])));
  }
  return catalogues.get(tag);
}

/** The words of a message without parts to fill in, as `locales/` has them. */
export function word(key, tag = 'zh-Hans') {
  const text = catalogue(tag).get(key);
  if (!text || text.includes('{')) throw new Error(`${key} is no plain message in ${tag}`);
  return text;
}

/** A pattern for a message with parts to fill in; each part is a group. */
export function pattern(key, tag = 'zh-Hans') {
  const text = catalogue(tag).get(key);
  if (!text) throw new Error(`${key} is no message in ${tag}`);
  const escaped = text.split(/\{ \$[\w-]+ \}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  // numbers and names stand in isolates or elements of their own
  return new RegExp(escaped.join('[\\u2066-\\u2069\\s]*(.+?)[\\u2066-\\u2069\\s]*'), 'u');
}

// A click returns when the next page begins to arrive; who reads at once would read half of it.
const whole = (page) => page.waitForLoadState('domcontentloaded');

/** What a reader sees of an element, in one line. */
export async function seen(locator) {
  await whole(locator.page());
  return (await locator.innerText()).replace(/[⁦-⁩]/g, '').replace(/\s+/g, ' ').trim();
}

/** How many elements there are on the whole page. */
export async function howMany(locator) {
  await whole(locator.page());
  return locator.count();
}

// ---- checks of a page ----------------------------------------------------------------------------------------------

const axe = createRequire(import.meta.url)('axe-core').source;

/** Serious and critical findings of axe-core, one line each. */
export async function axeFindings(page) {
  await whole(page);
  // through the debugger: the page's own policy stays in force
  const session = await page.context().newCDPSession(page);
  await session.send('Runtime.evaluate', { expression: `${axe};0` });
  await session.detach();
  const found = await page.evaluate(async () => (await globalThis.axe.run({ resultTypes: ['violations'] })).violations);
  return found
    .filter((violation) => ['serious', 'critical'].includes(violation.impact))
    .map((v) => `${v.id} (${v.impact}): ${v.nodes.slice(0, 3).map((n) => `${n.target.join(' ')} ${n.any[0]?.message ?? ''}`).join('; ')}`);
}

/** Listens for what a page must not say: errors on the console, exceptions, foreign requests, broken sub-requests. */
export function listen(page, url) {
  const heard = [];
  page.on('console', (message) => message.type() === 'error' && heard.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => heard.push(`exception: ${error.message}`));
  page.on('request', (request) => {
    const foreign = !request.url().startsWith(url) && !request.url().startsWith('data:');
    if (foreign) heard.push(`asks another server: ${request.url()}`);
  });
  page.on('response', (response) => response.status() >= 400 && heard.push(`${response.status()} ${response.url()}`));
  return heard;
}

/** Faults of the page as it stands at its present width. */
export async function layoutFaults(page) {
  await whole(page);
  return page.evaluate(() => {
    const faults = [];
    const wide = document.documentElement;
    if (wide.scrollWidth > wide.clientWidth) {
      const over = [...document.querySelectorAll('body *')].filter((e) => e.getBoundingClientRect().right > wide.clientWidth + 1);
      const names = over.slice(0, 3).map((e) => `${e.tagName.toLowerCase()}.${e.className}`);
      faults.push(`${wide.scrollWidth} px wide in ${wide.clientWidth} px: ${names.join(', ')}`);
    }
    const ids = [...document.querySelectorAll('[id]')].map((element) => element.id);
    const twice = [...new Set(ids.filter((id, at) => ids.indexOf(id) !== at))];
    // a label leads to the first of them only
    if (twice.length > 0) faults.push(`ids that occur twice: ${twice.slice(0, 5).join(', ')}`);
    if (wide.outerHTML.includes('⟦')) faults.push(`a word is missing: ${/⟦[^⟧]*⟧?/.exec(wide.outerHTML)[0]}`);
    return faults;
  });
}

/** Languages, sizes of letters and colours are the same page again. */
const SAME_PAGE = ['lang', 'view', 'theme'];

/** Pages of one kind: numbers, ids and what is asked for do not tell them apart. */
export const kind = (path) => path.replace(/=[^&]*/g, '=').replace(/\/(?=[^/]*\d)[^/]+/g, '/*');

/**
 * The pages that `page`'s reader comes to by following links from `from`, at most `each` of a kind (numbers and ids
 * count as one kind) and `most` in all; beside them the links that are no pages (downloads, data). Signing out is never
 * followed, nor what matches `skip`.
 */
export async function crawl(page, url, { each = 3, most = 120, from = ['/'], skip } = {}) {
  const kinds = new Map();
  const [pages, others, waiting, known] = [[], new Set(), [...from], new Set(from)];
  const seen = new Map();
  const times = (path) => seen.get(kind(path)) ?? 0;
  while (waiting.length > 0 && pages.length < most) {
    // the kind of page seen least goes first, for there are more pages than anybody looks at; and the second of a kind
    // before any third: a running and an ended one lead to different pages
    const least = Math.min(...waiting.map(times));
    const [path] = waiting.splice(waiting.findIndex((next) => times(next) === least), 1);
    seen.set(kind(path), times(path) + 1);
    const answer = await page.request.get(url + path, { maxRedirects: 0 });
    // a link that leads on is another page
    const way = answer.status() >= 300 && answer.status() < 400 && answer.headers().location;
    if (!way && !(answer.headers()['content-type'] ?? '').startsWith('text/html')) {
      others.add(path);
      continue;
    }
    const links = way ? [new URL(way, url).href] : await linksOf(page, url, path);
    if (!way) pages.push(path);
    for (const link of links.map((href) => new URL(href))) {
      SAME_PAGE.forEach((name) => link.searchParams.delete(name));
      const next = link.pathname + link.search;
      const leads = link.origin === url && !known.has(next) && link.pathname !== '/sign-out' && !skip?.test(next);
      if (!leads) continue;
      known.add(next);
      kinds.set(kind(next), (kinds.get(kind(next)) ?? 0) + 1);
      if (kinds.get(kind(next)) <= each) waiting.push(next);
    }
  }
  return { pages, others: [...others] };
}

async function linksOf(page, url, path) {
  await page.goto(url + path);
  return page.evaluate(() => [...document.querySelectorAll('a[href]')].map((a) => a.href));
}

/** The demonstration's season of which a vote is counted and published. */
export const VOTED = '2026 年春季邻里微项目';

/**
 * The public pages as {@link crawl} finds them, and the last two projects of each result: projects are many of a kind,
 * and the page that tells why one lost is the fullest.
 */
export async function publicPages(page, url) {
  // the result of a vote, which stands on the first page behind the seasons that run
  await page.goto(url);
  const results = page.locator('main section').filter({ has: page.getByRole('heading', { name: word('home-results') }) });
  const voted = await results.getByRole('link', { name: VOTED }).getAttribute('href');
  // and an owners' decision that has ended, which stands behind those that run: its sheet is a kind of its own
  await page.goto(`${url}/rounds`);
  const ended = page.locator('main li').filter({ hasText: word('round-state-final') });
  const round = await ended.locator('a[href^="/rounds/"]').first().getAttribute('href');
  // signing in from elsewhere is the same page
  const found = await crawl(page, url, { each: 2, from: ['/', voted, round], skip: /^\/sign-in.*next=%2F[^&]/ });
  for (const path of found.pages.filter((path) => path.endsWith('/result'))) {
    await page.goto(url + path);
    const links = await page.locator('main a[href*="/projects/"]').evaluateAll((list) => list.map((a) => a.getAttribute('href')));
    found.pages.push(...links.slice(-2).filter((link) => !found.pages.includes(link)));
  }
  return found;
}
