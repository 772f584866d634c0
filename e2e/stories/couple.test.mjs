// An old couple shares a telephone: whoever signs in says who it is, and is that one only.

import assert from 'node:assert/strict';
import { afterEach, describe } from 'node:test';

import { house, twice } from '../house.mjs';
import { axeFindings, layoutFaults, seen, signIn, word } from '../lib.mjs';

const here = house();
afterEach(() => here.done());

const couple = ['马德福', '田秀英'];

describe('two who share a telephone', () => {
  twice('are asked who it is', async (how) => {
    const page = await here.visit(how);
    await signIn(page, 'couple');
    await page.getByRole('heading', { level: 1, name: word('sign-in-who-title') }).waitFor();
    for (const name of couple) await page.getByRole('button', { name, exact: true }).waitFor();
    assert.deepEqual(await layoutFaults(page), []);
    if (how.js) assert.deepEqual(await axeFindings(page), []);
    // nobody is in before the choice
    const aside = await page.context().newPage();
    await aside.goto('/me');
    assert.equal(new URL(aside.url()).pathname, '/sign-in');
    await aside.close();

    const [other, chosen] = couple;
    await page.getByRole('button', { name: chosen, exact: true }).click();
    await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
    const head = await seen(page.getByRole('banner'));
    assert.ok(head.includes(chosen) && !head.includes(other), head);
    await page.goto('/me');
    assert.equal(await page.getByLabel(word('me-name'), { exact: true }).inputValue(), chosen);
  });

  twice('come in as the other one by the same number', async (how) => {
    const [name, other] = couple;
    const page = await here.as('couple', how, { name });
    await page.goto('/');
    const head = await seen(page.getByRole('banner'));
    assert.ok(head.includes(name) && !head.includes(other), head);
  });
});
