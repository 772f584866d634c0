// A community asks what people think: a resident answers five statements in taps, adds one, a worker takes it, the map
// shows who thinks alike; a journalist downloads a published conversation, and the command line comes to the same groups.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, it } from 'node:test';

import { house, twice } from '../house.mjs';
import { axeFindings, binary, layoutFaults, seen, word } from '../lib.mjs';

const here = house();
afterEach(() => here.done());

const main = (page) => page.getByRole('main');
const button = (page, key) => main(page).getByRole('button', { name: word(key), exact: true });

// axe-core waits for timers, which a page without scripts does not have.
async function fine(page, how) {
  assert.deepEqual(await layoutFaults(page), []);
  if (how.js) assert.deepEqual(await axeFindings(page), []);
}

async function press(page, what) {
  const sent = (response) => response.request().method() === 'POST';
  const [answer] = await Promise.all([page.waitForResponse(sent), page.waitForEvent('framenavigated'), what.click()]);
  await page.waitForLoadState();
  return answer.status();
}

// The address of a conversation with this in its title.
async function found(page, title) {
  await page.goto('/conversations');
  await main(page).getByRole('link', { name: title }).click();
  await page.waitForLoadState();
  return new URL(page.url()).pathname;
}

describe('a community asks what people think', () => {
  twice('a resident answers in taps, adds a statement, and a worker takes it', async (how) => {
    const resident = await here.as('resident', how);
    const path = await found(resident, /猫和狗/);
    await fine(resident, how);
    await resident.goto(`${path}/vote`);
    await fine(resident, how);
    for (const key of ['agree', 'disagree', 'agree', 'pass', 'agree']) {
      assert.equal(await press(resident, button(resident, `conversation-vote-${key}`)), 303);
    }
    await fine(resident, how);
    await resident.goto(`${path}/mine`);
    await fine(resident, how);
    assert.ok((await main(resident).locator('#votes tbody tr, table tbody tr').count()) >= 1, 'what was said is listed');

    const text = `物业应当在东门放拾便袋，宽 ${how.width}，${how.js ? '有' : '没有'}脚本`;
    await resident.goto(`${path}/vote`);
    await main(resident).locator('[name=text]').fill('在小区里，遛狗都要牵绳！');
    assert.equal(await press(resident, button(resident, 'conversation-say')), 422, 'somebody has said it');
    await fine(resident, how);
    assert.equal(await main(resident).locator('[name=text]').inputValue(), '在小区里，遛狗都要牵绳！', 'it is kept');
    await main(resident).locator('[name=text]').fill(text);
    assert.equal(await press(resident, button(resident, 'conversation-say')), 303);
    await fine(resident, how);

    const worker = await here.as('worker', how);
    await worker.goto(`${path}/office`);
    await fine(worker, how);
    const waiting = main(worker).locator('.sheet', { hasText: text });
    assert.equal(await press(worker, waiting.getByRole('button', { name: word('conversation-reject'), exact: true })), 422);
    await fine(worker, how);
    const again = main(worker).locator('.sheet', { hasText: text });
    assert.equal(await press(worker, again.getByRole('button', { name: word('conversation-accept'), exact: true })), 303);
    assert.equal(await press(worker, button(worker, 'conversation-redraw')), 303);
    await fine(worker, how);

    await resident.goto(`${path}/map`);
    await fine(resident, how);
    assert.equal(await main(resident).locator('figure.opinion svg').count(), 1);
    assert.match(await seen(main(resident)), new RegExp(word('conversation-you-where')), 'the resident finds their place');
    await main(resident).locator('.said a').first().click();
    await resident.waitForLoadState();
    await fine(resident, how);
    assert.match(await seen(main(resident)), new RegExp(word('conversation-by-group')));
  });

  it('a journalist downloads the data, and the command line comes to the same groups', async () => {
    const how = { js: true, width: 768 };
    const page = await here.visit(how);
    const path = await found(page, /UberX/);
    await fine(page, how);
    await page.goto(`${path}/map`);
    await fine(page, how);
    assert.match(await seen(main(page)), /CC BY 4\.0/);
    const sizes = await main(page).locator('#groups td.n:nth-of-type(1)').allInnerTexts();
    const html = await (await page.request.get(`${path}/map`)).body();
    assert.ok(html.length <= 100_000, `the page has ${html.length} bytes`);

    const zip = await (await page.request.get(`${path}/data.zip`)).body();
    const folder = mkdtempSync(join(tmpdir(), 'linli-opinion-'));
    try {
      writeFileSync(join(folder, 'data.zip'), zip);
      execFileSync('python3', ['-m', 'zipfile', '-e', join(folder, 'data.zip'), folder]);
      const report = JSON.parse(execFileSync(binary(), ['opinion', folder, '--json'], { maxBuffer: 1 << 26 }));
      const told = await (await page.request.get(`/api/v1${path}/map`)).json();
      assert.deepEqual(report.groups.map((one) => [one.id, one.size]), told.groups.map((one) => [one.id, one.size]));
      assert.ok(report.groups.every((one) => sizes.some((text) => text.replace(/\D/g, '') === String(one.size))), sizes);
    } finally {
      rmSync(folder, { recursive: true });
    }
    await page.goto(path);
    await main(page).getByRole('link', { name: word('conversation-verdict') }).click();
    await page.waitForLoadState();
    await fine(page, how);
  });
});
