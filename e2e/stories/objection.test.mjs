// A resident objects to a public notice. The public sees that there is one objection; what it says and whose it is stays
// between the resident and those who answer.

import assert from 'node:assert/strict';
import { afterEach, describe } from 'node:test';

import { house, twice } from '../house.mjs';
import { axeFindings, layoutFaults, pattern, seen, signIn, word } from '../lib.mjs';

const here = house();
afterEach(() => here.done());

const main = (page) => page.getByRole('main');
const count = async (page) => Number(pattern('objections-title').exec(await seen(main(page)))[1]);

async function toNotice(page) {
  await page.goto('/');
  await page.getByRole('navigation').getByRole('link', { name: word('nav-notices'), exact: true }).first().click();
  await main(page).getByRole('link', { name: '槐树里社区第三季度居务公开' }).first().click();
  await page.getByRole('heading', { level: 1, name: '槐树里社区第三季度居务公开' }).waitFor();
}

describe('an objection', () => {
  twice('is anonymous toward the public', async (how) => {
    const said = `九月的捐赠物资没有写去向 ${how.width}`;
    const stranger = await here.visit(how);
    await toNotice(stranger);
    const earlier = await count(stranger);

    const resident = await here.as('resident', how);
    await toNotice(resident);
    await resident.getByLabel(word('objection-field-words'), { exact: true }).fill(said);
    await resident.getByRole('button', { name: word('objection-send'), exact: true }).click();
    await resident.getByText(word('notice-done-object')).waitFor();
    assert.match(await seen(main(resident)), new RegExp(said), 'her own words stay visible to her');
    assert.deepEqual(await layoutFaults(resident), []);
    if (how.js) assert.deepEqual(await axeFindings(resident), []);

    for (const who of [stranger, await here.as('neighbour', how)]) {
      await toNotice(who);
      assert.equal(await count(who), earlier + 1);
      const told = await who.content();
      assert.ok(!told.includes(said), 'the words are not public');
      assert.ok(!told.includes('吴桂芳'), 'the name is not public');
      assert.match(await seen(main(who)), new RegExp(word('objection-by-resident')));
    }
    // nor by the ways for programs
    const api = await main(stranger).getByRole('link', { name: word('notice-api') }).getAttribute('href');
    for (const path of [api, `${api}/objections`, '/notices.atom']) {
      const text = await (await stranger.request.get(here.url + path)).text();
      assert.ok(!text.includes(said) && !text.includes('吴桂芳'), path);
    }
    // who answers reads the words, not the name
    const secretary = await here.as('secretary', how);
    await toNotice(secretary);
    assert.match(await seen(main(secretary)), new RegExp(said));
    assert.ok(!(await secretary.content()).includes('吴桂芳'), 'the name is not for those who answer either');
  });

  twice('needs signing in, and leads there and back', async (how) => {
    const page = await here.visit(how);
    await toNotice(page);
    const path = new URL(page.url()).pathname;
    await main(page).getByRole('link', { name: word('objection-sign-in') }).click();
    await signIn(page, how.js ? 'stairwell-head' : 'supervisor', { here: true });
    assert.equal(new URL(page.url()).pathname, path);
    await page.getByLabel(word('objection-field-words'), { exact: true }).waitFor();
  });
});
