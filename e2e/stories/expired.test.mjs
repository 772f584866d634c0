// A form that lay open too long: the session behind it is another one by now. Nothing is taken, nothing is lost: what was
// typed comes back, and one more press sends it.

import assert from 'node:assert/strict';
import { afterEach, describe } from 'node:test';

import { house, twice } from '../house.mjs';
import { axeFindings, howMany, layoutFaults, seen, signIn, word } from '../lib.mjs';

const here = house();
afterEach(() => here.done());

describe('a form with an expired token', () => {
  twice('keeps what was typed and is sent with one more press', async (how) => {
    const page = await here.visit(how);
    await signIn(page, 'resident');
    await page.goto('/');
    await page.getByRole('main').getByRole('link', { name: word('idea-new') }).first().click();
    const title = `写到一半去做饭了 ${how.width}`;
    const body = '第一行，<标签> & 引号"都在。\n第二行。';
    await page.getByLabel(word('idea-field-title'), { exact: true }).fill(title);
    await page.getByLabel(word('idea-field-body'), { exact: true }).fill(body);

    // meanwhile, in another tab: out and in again
    const tab = await page.context().newPage();
    await tab.goto('/sign-out');
    await tab.getByRole('main').getByRole('button', { name: word('sign-out'), exact: true }).click();
    await tab.waitForURL(`${here.url}/`);
    await signIn(tab, 'resident');
    await tab.close();

    await page.getByRole('button', { name: word('idea-send'), exact: true }).click();
    await page.getByText(word('refusal-form-expired')).first().waitFor();
    const again = page.getByRole('button', { name: word('problem-send-again'), exact: true });
    const kept = await page.locator('form', { has: again }).evaluate((form) => Object.fromEntries(new FormData(form)));
    assert.equal(kept.title, title);
    assert.equal(kept.body.replaceAll('\r', ''), body);
    // and the reader sees it too
    const text = (await seen(page.getByRole('main'))) + (await page.locator('main input, main textarea').evaluateAll((all) => all.map((field) => field.value).join(' ')));
    assert.ok(text.includes(title));
    assert.deepEqual(await layoutFaults(page), []);
    if (how.js) assert.deepEqual(await axeFindings(page), []);
    await again.click();
    await page.getByText(word('idea-thanks')).waitFor();
    assert.equal(await howMany(page.getByRole('main').getByRole('heading', { name: title, exact: true })), 1);
  });
});
