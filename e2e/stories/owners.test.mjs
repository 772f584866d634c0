// The owners of a building are asked about its wall: a worker notes ten visits at doors without a network, and they count
// once; two typists read a paper differently and a third decides; who has three flats is one head; and what was decided
// about the lifts in 2019 is told by the law of its time and by today's.

import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';

import { house } from '../house.mjs';
import { axeFindings, howMany, layoutFaults, pattern, seen, word } from '../lib.mjs';

const here = house();
afterEach(() => here.done());

const desk = { width: 1280, js: false };
const phone = { width: 360 };
const wall = '6 号楼外墙修补';
const lifts = '新康园二十部电梯更换和大修';

const main = (page) => page.getByRole('main');
const button = (page, key) => main(page).getByRole('button', { name: word(key), exact: true });

async function fine(page) {
  assert.deepEqual(await layoutFaults(page), []);
  assert.deepEqual(await axeFindings(page), []);
}

async function press(page, what) {
  const sent = (response) => response.request().method() === 'POST';
  const [answer] = await Promise.all([page.waitForResponse(sent), page.waitForEvent('framenavigated'), what.click()]);
  await page.waitForLoadState();
  return answer.status();
}

// The page of a round, found from the list.
async function round(page, title) {
  await page.goto('/rounds');
  await main(page).getByRole('link', { name: title }).first().click();
  await page.getByRole('heading', { level: 1, name: title }).waitFor();
  return new URL(page.url()).pathname;
}

// Types a paper, with scripts or without.
async function types(page, path, unit, choice) {
  await page.goto(`${path}/papers`);
  await main(page).locator('[name=unit]').fill(unit);
  await main(page).getByLabel(word(`ballot-choice-${choice}`), { exact: true }).check();
  return press(page, button(page, 'papers-typed-send'));
}

const figure = async (page, key) => {
  const cell = main(page).locator('dl.figures > div').filter({ has: page.getByText(word(key), { exact: true }) });
  return seen(cell.locator('dd').first());
};

describe('the owners are asked', () => {
  it('ten visits wait for the network and count once', async () => {
    const worker = await here.as('officer', phone);
    const path = await round(worker, wall);
    await worker.goto(`${path}/doors`);
    await fine(worker);
    const taps = worker.locator('[data-tap]');
    await worker.context().setOffline(true);
    const results = ['agrees', 'agrees', 'agrees', 'refuses', 'undecided', 'nobody', 'nobody', 'come-back', 'no-talk', 'agrees'];
    for (const [at, result] of results.entries()) {
      await taps.nth(at).locator('[name=result]').selectOption(result);
      await taps.nth(at).getByRole('button').click();
    }
    const waits = pattern('doors-taps-waiting').exec(await seen(worker.locator('#taps')));
    assert.equal(waits?.[1], '10', 'they wait on the phone');
    await worker.context().setOffline(false);
    await worker.locator('#taps').waitFor({ state: 'hidden' });
    await worker.goto(`${path}/board`);
    await fine(worker);
    assert.equal(await figure(worker, 'round-count-visits'), '10');
    assert.equal(await figure(worker, 'board-reached'), '8');
    assert.equal(await figure(worker, 'board-agrees'), '4');
    // what the phone has sent is not sent again
    await worker.goto(`${path}/doors`);
    await worker.waitForTimeout(4_500);
    await worker.goto(`${path}/board`);
    assert.equal(await figure(worker, 'round-count-visits'), '10');
  });

  it('two typists differ and a third decides', async () => {
    const [first, second, third] = [await here.as('officer', desk), await here.as('checker', phone), await here.as('other-worker', desk)];
    const path = await round(first, wall);
    await types(first, path, '6-1-0101', 'agree');
    assert.match(await seen(main(first)), pattern('papers-typed-said-once'));
    assert.equal(await types(first, path, '6-1-0101', 'disagree'), 403, 'not the same hands twice');
    await types(second, path, '6-1-0101', 'disagree');
    assert.match(await seen(main(second)), pattern('papers-typed-said-differ'));
    await fine(second);
    await types(third, path, '6-1-0101', 'agree');
    assert.match(await seen(main(third)), pattern('papers-typed-said-counted'));
    assert.equal(await types(third, path, '6-1-0101', 'agree'), 409, 'one ballot a unit');
  });

  it('who has three flats is one head, and the law is that of the time', async () => {
    const officer = await here.as('officer', desk);
    const path = await round(officer, lifts);
    await officer.goto(`${path}/sheet`);
    const sheet = await seen(main(officer));
    assert.match(sheet, /2\/3/, 'two thirds of all, as the law of 2019 asks');
    assert.ok(sheet.includes(word('sheet-today')) && sheet.includes('民法典'), 'what today would say');
    const stranger = await here.visit(phone);
    await stranger.goto(`${path}/sheet`);
    await fine(stranger);
    assert.ok(!/吴|沈|陆/.test(await seen(main(stranger))), 'nobody is named');
    const place = await officer.request.get(`${here.url}/api/v1${path}`).then((answer) => answer.json());
    assert.equal(place.units, 440);
    // 438 flats are sold, three of them to one owner; two are the developer's
    assert.equal(place.outcome.heads.all, 437);
    await officer.goto(`/registers/${place.place}`);
    assert.equal(await howMany(main(officer).getByText(word('register-one-head'), { exact: true })), 1);
    const walking = await here.as('officer', phone);
    await walking.goto(`/registers/${place.place}`);
    await fine(walking);
  });
});
