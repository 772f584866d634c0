// What a story stands on: a demonstration and a browser for its file, people who are signed in, and the two ways in
// which each story is told.

import { after, before, it } from 'node:test';

import { signIn, startBrowser, startSite, visitor } from './lib.mjs';

/** Each story runs twice: on a phone with scripts, and at a desk without. */
export const ways = [
  { width: 360, js: true, said: 'on a phone' },
  { width: 1280, js: false, said: 'at a desk without scripts' },
];

/** One story, told in both ways. */
export function twice(name, story) {
  for (const how of ways) it(`${name}, ${how.said}`, () => story(how));
}

/**
 * A demonstration and a browser for the tests of this file; `begin` runs once before them.
 * @returns {{url: string, browser: object, visit: (how?: object) => Promise<object>, as: (who: string, how?: object, of?: object) => Promise<object>, done: () => Promise<void>}}
 *   `visit` opens a page of a stranger, `as` a page of one of the demonstration's people; `done` closes them all.
 */
export function house(begin) {
  const here = {};
  const states = new Map();
  const open = new Set();
  let site;
  before(async () => {
    site = await startSite();
    here.url = site.url;
    here.browser = await startBrowser();
    await begin?.(here);
  });
  after(async () => {
    await here.browser?.close();
    await site?.stop();
  });
  here.visit = async (how) => {
    const page = await visitor(here.browser, here.url, how);
    open.add(page.context());
    return page;
  };
  // codes are sent five times an hour: somebody signs in once a file, and later pages bring the same cookies
  here.as = async (who, how = {}, of = {}) => {
    const key = `${who} ${of.name ?? ''}`;
    if (!states.has(key)) {
      const page = await here.visit(how);
      await signIn(page, who, of);
      states.set(key, await page.context().storageState());
      return page;
    }
    return here.visit({ ...how, state: states.get(key) });
  };
  here.done = async () => {
    await Promise.all([...open].map((context) => context.close()));
    open.clear();
  };
  return here;
}
