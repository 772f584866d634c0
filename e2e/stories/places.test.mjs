// A place is found by its name, by how it is spelled in Latin letters, and by the first letters.

import assert from 'node:assert/strict';
import { afterEach, describe } from 'node:test';

import { house, twice } from '../house.mjs';
import { axeFindings, layoutFaults, seen, word } from '../lib.mjs';

const here = house();
afterEach(() => here.done());

describe('the search of places', () => {
  twice('finds by name, by pinyin and by first letters', async (how) => {
    const page = await here.visit(how);
    const look = async (words) => {
      await page.goto('/places');
      await page.getByRole('searchbox', { name: word('place-search') }).fill(words);
      await page.getByRole('searchbox', { name: word('place-search') }).press('Enter');
      await page.waitForURL((url) => url.search.length > 1);
      return seen(page.getByRole('main'));
    };
    for (const [words, name] of [['槐树里', '槐树里'], ['huaishuli', '槐树里'], ['hsl', '槐树里'], ['liuan', '柳岸'], ['DONGJING', '东井']]) {
      assert.ok((await look(words)).includes(name), `${words} finds ${name}`);
    }
    assert.deepEqual(await layoutFaults(page), []);
    if (how.js) assert.deepEqual(await axeFindings(page), []);
    assert.match(await look('buzaizheli'), new RegExp(word('place-none-found')));
    await look('hsl');
    await page.getByRole('main').getByRole('link', { name: '槐树里' }).first().click();
    await page.getByRole('heading', { level: 1, name: '槐树里' }).waitFor();
  });
});
