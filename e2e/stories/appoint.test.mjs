// An officer appoints a worker. From that day the worker sees the roll of the own community and no other's; and a worker
// of another community is refused there.

import assert from 'node:assert/strict';
import { afterEach, describe } from 'node:test';

import { house, twice } from '../house.mjs';
import { axeFindings, layoutFaults, pattern, seen, word } from '../lib.mjs';

const here = house();
afterEach(() => here.done());

// The page of a place, found as anybody finds it.
async function place(page, name) {
  await page.goto('/places');
  await page.getByRole('searchbox', { name: word('place-search') }).fill(name);
  await page.getByRole('searchbox', { name: word('place-search') }).press('Enter');
  await page.getByRole('main').getByRole('link', { name }).first().click();
  await page.getByRole('heading', { level: 1, name }).waitFor();
  return new URL(page.url()).pathname;
}

const status = async (page, path) => (await page.goto(path)).status();

describe('an officer', () => {
  // each way another community: an appointment is made once
  const communities = { 360: '柳岸', 1280: '槐树里' };

  twice('appoints a worker, who sees the own community and no other', async (how) => {
    const officer = await here.as('officer', how);
    const own = await place(officer, communities[how.width]);
    const other = await place(officer, '东井');
    const id = own.split('/').at(-1);
    const roll = `/residents/${id}`;
    const appointed = await here.as('neighbour', how);
    assert.equal(await status(appointed, roll), 403, 'before the appointment');

    await officer.goto(`${own}/people`);
    await officer.getByRole('link', { name: word('post-appoint'), exact: true }).click();
    await officer.getByRole('searchbox', { name: word('person-find') }).fill('沈遥');
    await officer.getByRole('searchbox', { name: word('person-find') }).press('Enter');
    await officer.getByLabel(/沈/).first().check();
    await officer.getByLabel(word('post-role'), { exact: true }).selectOption({ label: word('role-worker') });
    assert.deepEqual(await layoutFaults(officer), []);
    if (how.js) assert.deepEqual(await axeFindings(officer), []);
    await officer.getByRole('button', { name: word('post-appoint'), exact: true }).click();
    await officer.waitForURL('**/posts/*');
    assert.match(await seen(officer.getByRole('heading', { level: 1 })), pattern('post-title'));
    assert.ok((await seen(officer.getByRole('main'))).includes('沈遥'));

    assert.equal(await status(appointed, roll), 200, 'the own community');
    assert.equal(await status(appointed, `/desk?place=${id}`), 200);
    for (const path of [`/residents/${other.split('/').at(-1)}`, `/desk?place=${other.split('/').at(-1)}`, `${other}/people/appoint`]) {
      assert.equal(await status(appointed, path), 403, path);
    }
    // and who works elsewhere has no business here
    const elsewhere = await here.as('other-worker', how);
    assert.equal(await status(elsewhere, `/residents/${other.split('/').at(-1)}`), 200, 'the own');
    for (const path of [roll, `/desk?place=${id}`, `${own}/people/appoint`]) {
      assert.equal(await status(elsewhere, path), 403, path);
      assert.match(await seen(elsewhere.getByRole('main')), new RegExp(word('problem-403-title')));
    }
    // everybody sees who is responsible
    const stranger = await here.visit(how);
    assert.equal(await status(stranger, `${own}/people`), 200);
    assert.match(await seen(stranger.getByRole('main')), new RegExp(word('role-worker')));
  });
});
