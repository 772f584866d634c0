// A journalist believes nobody. From the first page they come to a published result, have the server compute it again,
// see that it is the same, and take its file home: there its fingerprint is taken with code that is not the server's, and
// `linli verify` counts it without a network. A changed digit is found. What is sealed is computed for them and not given.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, describe } from 'node:test';

import { house, twice } from '../house.mjs';
import { VOTED, axeFindings, binary, layoutFaults, pattern, seen, word } from '../lib.mjs';

const here = house();
afterEach(() => here.done());
const folder = mkdtempSync(join(tmpdir(), 'linli-verdict-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const under = (page, key) => page.locator('section', { has: page.getByRole('heading', { name: word(key), exact: true }) });

// Downloads what a link or button gives; answers with its name and where it lies.
async function taken(page, control) {
  const [download] = await Promise.all([page.waitForEvent('download'), control.click()]);
  const path = join(folder, `${Math.random().toString(36).slice(2)}-${download.suggestedFilename()}`);
  await download.saveAs(path);
  return { name: download.suggestedFilename(), path };
}

// The program, with no network to speak of and no data of its own.
function verify(path) {
  const done = spawnSync(binary(), ['verify', '--verdict', path], { encoding: 'utf8', cwd: folder });
  return { code: done.status, told: done.stdout };
}

// One tap, then what came out; a count that takes longer is waited for as the page does. Who comes within ten minutes of
// another reader is told what came out for them, and there is nothing to tap.
async function recomputed(page) {
  const button = page.getByRole('button', { name: word('verdict-again-button'), exact: true });
  if ((await button.count()) > 0) {
    await button.click();
    await page.waitForURL(/\/verdicts\/[^/]+#compute$/);
  } else {
    assert.ok((await seen(page.locator('#compute'))).includes(word('verdict-again-kept')));
  }
  for (let tries = 0; tries < 60; tries++) {
    const told = await seen(page.locator('#compute'));
    if (!told.includes(word('verdict-again-running'))) return told;
    await page.waitForTimeout(500);
    await page.reload();
  }
  throw new Error('it was computed for half a minute');
}

describe('a journalist', () => {
  twice('has a published result computed again, and counts it at home', async (how) => {
    const page = await here.visit(how);
    await page.goto('/');
    await under(page, 'home-results').getByRole('link', { name: VOTED }).click();
    await page.getByRole('link', { name: word('season-see-result') }).first().click();
    await page.getByRole('link', { name: word('verdict-recount-go'), exact: true }).click();
    await page.getByRole('heading', { level: 1, name: word('verdict-kind-season-result') }).waitFor();
    // the rule in plain words, and where it comes from
    assert.ok((await seen(page.locator('#rule'))).includes(word('verdict-source-season-result')));
    const answer = await recomputed(page);
    assert.match(answer, pattern('verdict-again-equal'));
    assert.deepEqual(await layoutFaults(page), []);
    if (how.js) assert.deepEqual(await axeFindings(page), []);

    const { name, path } = await taken(page, page.getByRole('link', { name: word('verdict-file-download'), exact: true }));
    assert.ok((await seen(page.locator('#compute'))).includes(`linli verify --verdict ${name}`), 'the page says the command');
    const text = readFileSync(path, 'utf8');
    const inputs = text.slice(text.indexOf('\ntext\n') + '\ntext\n'.length);
    const digest = createHash('sha256').update(inputs).digest('hex');
    assert.ok(text.includes(`"inputs":"${digest}"`), 'the log has this fingerprint');
    const same = verify(path);
    assert.equal(same.code, 0, same.told);
    assert.match(same.told, /^computed {2}again from \d+ lines: the same$/m);
    // a ballot that says something else
    const other = inputs.replace(/^(ballot \S+) .*$/m, '$1 1');
    writeFileSync(path, text.replace(inputs, other));
    const changed = verify(path);
    assert.equal(changed.code, 1);
    assert.match(changed.told, /WRONG .*inputs is/);
  });

  twice('has a sealed verdict computed, and is not given what it was computed from', async (how) => {
    const page = await here.visit(how);
    await page.goto('/verdicts?kind=season-review');
    await page.getByRole('main').locator('.cards h3 a').first().click();
    await page.getByRole('heading', { level: 1, name: word('verdict-kind-season-review') }).waitFor();
    assert.ok((await seen(page.locator('#compute'))).includes(word('verdict-inputs-sealed')));
    assert.match(await recomputed(page), pattern('verdict-again-equal'));
    const { path } = await taken(page, page.getByRole('link', { name: word('verdict-file-download'), exact: true }));
    const text = readFileSync(path, 'utf8');
    assert.ok(text.includes('\ninputs absent\n') && text.endsWith('\ntext\n'), 'the record and its proof alone');
    const record = verify(path);
    assert.equal(record.code, 0, record.told);
    assert.match(record.told, /^computed {2}nothing: inputs-absent$/m);
    assert.equal(await page.getByRole('button', { name: word('verdict-sealed-button') }).count(), 0);
  });
});

describe('an auditor', () => {
  twice('takes out what a review was counted from, and counts it at home', async (how) => {
    const page = await here.as('supervisor', how);
    await page.goto('/verdicts?kind=season-review');
    await page.getByRole('main').locator('.cards h3 a').first().click();
    await page.getByRole('heading', { level: 1, name: word('verdict-kind-season-review') }).waitFor();
    const about = new URL(page.url()).pathname.split('/').at(-1);
    const { name, path } = await taken(page, page.getByRole('button', { name: word('verdict-sealed-button'), exact: true }));
    assert.equal(name, `linli-verdict-${about}.txt`);
    const counted = verify(path);
    assert.equal(counted.code, 0, counted.told);
    assert.match(counted.told, /^level {5}sealed: /m);
    assert.match(counted.told, /^computed {2}again from \d+ lines: the same$/m);
  });
});
