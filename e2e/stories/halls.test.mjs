// Delegates by lot: a resident puts herself forward and reads her chance; two officers publish a list and draw another one
// whose number is known; and whoever reads it draws it again.

import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';

import { house } from '../house.mjs';
import { axeFindings, layoutFaults, seen, word } from '../lib.mjs';

const here = house();
afterEach(() => here.done());

const main = (page) => page.getByRole('main');
const button = (page, key) => main(page).getByRole('button', { name: word(key), exact: true });
const link = (page, key) => main(page).getByRole('link', { name: word(key), exact: true });

// axe-core waits for timers, which a page without scripts does not have.
async function fine(page, how) {
  assert.deepEqual(await layoutFaults(page), []);
  if (how.js) assert.deepEqual(await axeFindings(page), []);
}

async function press(page, what) {
  const sent = (response) => response.request().method() === 'POST';
  const [answer] = await Promise.all([page.waitForResponse(sent, { timeout: 60_000 }), page.waitForEvent('framenavigated', { timeout: 60_000 }), what.click()]);
  await page.waitForLoadState();
  return answer.status();
}

async function follow(page, what) {
  await what.click();
  await page.waitForLoadState();
}

const day = (ahead) => new Date(Date.now() + ahead * 86_400_000 + 8 * 3_600_000).toISOString().slice(0, 10);
const phone = { width: 360, js: true };
const desk = { width: 1280, js: false };

// The lot of a hall, by the names of both.
async function lot(page, hall, title) {
  await page.goto('/halls');
  await follow(page, main(page).getByRole('link', { name: hall }).first());
  await follow(page, main(page).getByRole('link', { name: title }).first());
  return new URL(page.url()).pathname;
}

describe('delegates are drawn by lot', () => {
  it('a resident puts herself forward and reads her chance once the list is out', async () => {
    const resident = await here.as('resident', phone);
    const path = await lot(resident, '社区议事厅（演示）', '议事代表抽签');
    await fine(resident, phone);
    await follow(resident, link(resident, 'lot-enrol'));
    await fine(resident, phone);
    await main(resident).locator('[name=f0]').selectOption('60以上');
    assert.equal(await press(resident, button(resident, 'lot-enrol-send')), 422, 'a category is left out');
    assert.equal(await main(resident).locator('[name=f0]').inputValue(), '60以上', 'what was chosen is kept');
    await main(resident).locator('[name=f1]').selectOption('女');
    await main(resident).locator('[name=address]').fill('６号楼2单元402');
    assert.equal(await press(resident, button(resident, 'lot-enrol-send')), 303);
    await fine(resident, phone);
    assert.match(await seen(main(resident)), new RegExp(word('lot-you-are-in')));

    // the office: too narrow quotas are told with the smallest change, which is taken over; then the list
    const officer = await here.as('officer', desk);
    await officer.goto(path);
    await fine(officer, desk);
    await main(officer).locator('summary', { hasText: word('lot-quotas-change') }).click();
    await main(officer).locator('[name=quotas]').fill('性别：女 2-2，男 2-2\n年龄：18-35 1-1，36-59 1-1，60以上 1-1');
    assert.equal(await press(officer, button(officer, 'lot-quotas-keep')), 303);
    assert.equal(await press(officer, button(officer, 'lot-check')), 200);
    await fine(officer, desk);
    assert.match(await seen(main(officer)), new RegExp(word('lot-impossible')));
    assert.equal(await press(officer, button(officer, 'lot-relax-take')), 303);
    assert.equal(await press(officer, button(officer, 'lot-check')), 200);
    assert.match(await seen(main(officer)), new RegExp(word('lot-possible')));
    await fine(officer, desk);
    // enrolment does not end before its day without a reason that everybody reads
    assert.equal(await press(officer, button(officer, 'lot-freeze')), 422);
    await fine(officer, desk);
    await main(officer).locator('[name=early]').fill('人已经够了');
    assert.equal(await press(officer, button(officer, 'lot-freeze')), 303);
    assert.match(await seen(main(officer)), /人已经够了/);
    await main(officer).locator('[name=source]').fill('双色球开奖号码');
    await main(officer).locator('[name=at]').fill('https://www.example.org');
    await main(officer).locator('[name=day]').fill(day(0));
    assert.equal(await press(officer, button(officer, 'lot-publish')), 422, 'a number that may be known today cannot draw');
    assert.equal(await main(officer).locator('[name=source]').inputValue(), '双色球开奖号码');
    await main(officer).locator('[name=day]').fill(day(3));
    assert.equal(await press(officer, button(officer, 'lot-publish')), 303);
    await fine(officer, desk);

    await resident.goto(`${path}/enrol`);
    await fine(resident, phone);
    const text = await seen(main(resident));
    assert.ok(text.includes(word('lot-my-chance')) && /\d+\.\d\d %/.test(text) && /\d+ \/ 500/.test(text), text);
  });

  it('two officers draw by the number that was announced, and anybody draws it again', async () => {
    const officer = await here.as('officer', desk);
    const path = await lot(officer, '移动议事厅（演示）', '楼门代表抽签');
    await fine(officer, desk);
    await main(officer).locator('[name=seed]').fill('04 11 19 + 09');
    assert.equal(await press(officer, button(officer, 'lot-seed-type')), 303);
    await fine(officer, desk);
    assert.match(await seen(main(officer)), new RegExp(word('lot-confirm-other').slice(0, 12)));
    const checker = await here.as('checker', phone);
    await checker.goto(path);
    await fine(checker, phone);
    await main(checker).locator('[name=seed]').first().fill('04 11 19 + 08');
    assert.equal(await press(checker, button(checker, 'lot-confirm')), 409);
    await main(checker).locator('[name=seed]').first().fill('04 11 19 + 09');
    assert.equal(await press(checker, button(checker, 'lot-confirm')), 303);
    await fine(checker, phone);

    const journalist = await here.visit(phone);
    await journalist.goto(path);
    await fine(journalist, phone);
    const shown = await seen(main(journalist));
    assert.match(shown, /04 11 19 \+ 09/);
    for (const name of ['欧阳', '司徒', '诸葛', '慕容']) assert.ok(!shown.includes(name), 'numbers alone');
    await follow(journalist, link(journalist, 'lot-verdict').first());
    await fine(journalist, phone);
    await press(journalist, button(journalist, 'verdict-again-button'));
    for (let turn = 0; turn < 20 && !(await seen(main(journalist))).includes('结果相同'); turn += 1) {
      await journalist.waitForTimeout(500);
      await journalist.reload();
    }
    assert.match(await seen(main(journalist)), /结果相同/);
    await fine(journalist, phone);
  });
});
