// A telephone is lost: from another device its session is seen and ended, and then all of them.

import assert from 'node:assert/strict';
import { afterEach, describe } from 'node:test';

import { house, twice } from '../house.mjs';
import { howMany, seen, signIn, word } from '../lib.mjs';

const here = house();
afterEach(() => here.done());

const inside = async (page) => {
  await page.goto('/me');
  return new URL(page.url()).pathname === '/me';
};

describe('somebody with two devices', () => {
  twice('ends one, then signs out everywhere', async (how) => {
    // codes are sent five times an hour to a number
    const who = how.js ? 'resident' : 'neighbour';
    const [phone, desk, lost] = [await here.visit(how), await here.visit(how), await here.visit(how)];
    for (const page of [phone, desk, lost]) {
      await signIn(page, who);
      assert.ok(await inside(page));
    }
    await phone.goto('/me');
    await phone.getByRole('main').getByRole('link', { name: word('me-devices') }).click();
    await phone.getByRole('heading', { level: 1, name: word('me-devices') }).waitFor();
    const list = phone.getByRole('main').getByRole('listitem');
    const n = await howMany(list);
    assert.ok(n >= 3, `${n} devices`);
    assert.equal(await howMany(phone.getByText(word('me-device-this'))), 1);
    await phone.getByRole('button', { name: word('me-device-end') }).first().click();
    await phone.waitForLoadState();
    await phone.goto('/me/devices');
    assert.equal(await howMany(list), n - 1);
    assert.deepEqual([await inside(phone), [await inside(desk), await inside(lost)].filter(Boolean).length], [true, 1]);

    await phone.goto('/me/devices');
    await phone.getByRole('button', { name: word('me-devices-all') }).click();
    await phone.waitForURL('**/sign-in*');
    for (const page of [phone, desk, lost]) assert.equal(await inside(page), false);
    assert.match(await seen(lost.getByRole('heading', { level: 1 })), new RegExp(word('sign-in-title')));
  });
});
