// The service worker reads the state cookie as `shared` does, refuses listed hosts where it knows nothing,
// and leaves every other request alone.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import vm from 'node:vm';

const read = name => readFileSync(new URL('../../' + name, import.meta.url), 'utf8');
const script = read('server/assets/worker.js');
const vectors = JSON.parse(read('shared/vectors/state-cookies.json'));
const day = Date.now() / 864e5 | 0;

const usual = {
  since: 1, version: 3, days: 180, purposes: 2, services: 2,
  always: ['www.site.example/needed/', 'cdn.example'],
  never: ['known.example', 'both.example', 'cdn.example'],
  waits: [[0, 0, 'first.example', 'both.example', 'www.site.example/'], [1, 1, 'second.example/embed/', '/collect/']],
};

// A worker as the browser runs it. `state`: the cookie; without `cookieStore` the page has to say it.
const run = (data, { state, withoutCookies, broken } = {}) => {
  const on = {};
  const self = {
    location: new URL('https://page.example/placet/s/demo/worker.js'),
    setTimeout: work => setTimeout(work, 20),
    URL: broken ? class { constructor() { throw new Error('broken'); } } : URL,
    addEventListener: (type, work) => { on[type] = work; },
    cookieStore: withoutCookies ? undefined : { get: async name => name === '__Host-placet' && state ? { value: state } : null },
  };
  const given = { self, fetch: async () => 'answered', Response: { error: () => 'refused' } };
  vm.runInNewContext(script.replace('__DATA__', JSON.stringify(data)), given);
  // What becomes of a request: `untouched` is one that the worker left to the browser.
  const ask = async (url, mode = 'no-cors') => {
    let answer = 'untouched';
    on.fetch({ request: { url, mode }, respondWith: given => { answer = given; } });
    return answer;
  };
  return { ask, tell: said => on.message({ data: said }) };
};

test('epd_01: before a choice listed hosts, and those that the site does not name, are refused', async () => {
  const { ask } = run(usual);
  for (const url of [
    'https://first.example/', 'https://deep.first.example:8443/a?b', 'wss://first.example/', 'https://second.example/embed/x',
    'https://page.example/collect/x', 'https://known.example/x', 'https://both.example/', 'https://www.site.example/other',
  ]) assert.equal(await ask(url), 'refused', url);
});

test('every other request is left to the browser', async () => {
  const { ask } = run(usual);
  for (const url of [
    'https://page.example/', 'https://page.example/placet/s/demo.js', 'https://free.example/', 'https://notfirst.example/',
    'https://second.example/other', 'https://www.site.example/needed/x', 'https://cdn.example/lib.js', 'data:,', 'blob:https://page.example/1',
  ]) assert.equal(await ask(url), 'untouched', url);
  assert.equal(await ask('https://first.example/', 'navigate'), 'untouched');
});

test('what is granted is answered, a service of its own too', async () => {
  for (const [state, first, second] of [
    [`1.3.${day}.1`, 'answered', 'refused'], [`1.3.${day}.3`, 'answered', 'answered'],
    [`1.1.${day}.1.1`, 'refused', 'refused'], [`1.1.${day}.1.3`, 'refused', 'answered'],
  ]) {
    const { ask } = run(usual, { state });
    assert.deepEqual([await ask('https://first.example/'), await ask('https://second.example/embed/')], [first, second], state);
    assert.equal(await ask('https://both.example/'), first, state);
    assert.equal(await ask('https://known.example/'), 'refused', state);
  }
});

test('con_13, con_15: a choice that the loader would not take is none', async () => {
  for (const state of [
    `1.4.${day}.3`, `1.0.${day}.3`, `1.3.${day - 181}.3`, `1.3.${day + 2}.3`, `1.3.${day}.7`, `1.3.${day}.3.4`, `1.3.${day}.3.0`, '%',
  ]) assert.equal(await run(usual, { state }).ask('https://first.example/'), 'refused', state);
});

test('the vectors that the loader shares are read', async () => {
  const all = [...Array(9).keys()];
  for (const { text, version, day: made, purposes, exceptions } of vectors.choices) {
    const waits = all.map(at => [at, at % 6, `p${at}.example`]);
    const { ask } = run({ ...usual, since: version, version, days: 2 ** 33, purposes: 9, services: 6, waits }, { state: text });
    for (const at of all) {
      const granted = purposes.includes(at) !== exceptions.includes(at % 6) && made <= day + 1;
      assert.equal(await ask(`https://p${at}.example/`), granted ? 'answered' : 'refused', `${text}: ${at}`);
    }
  }
  for (const state of vectors.no_choices) {
    assert.equal(await run({ ...usual, version: 2 ** 32, days: 2 ** 33, purposes: 9, services: 6 }, { state }).ask('https://first.example/'),
      'refused', state);
  }
});

test('where the worker sees no cookies the page says them, and until then nothing is granted', async () => {
  const { ask, tell } = run(usual, { withoutCookies: true });
  const early = ask('https://first.example/');
  tell({ other: 1 });
  tell({ placet: `1.3.${day}.1` });
  assert.equal(await early, 'answered');
  tell({ placet: `1.3.${day}.0` });
  assert.equal(await ask('https://first.example/'), 'refused');
  assert.equal(await run(usual, { withoutCookies: true }).ask('https://first.example/'), 'refused', 'nobody said anything');
});

test('a fault in the worker does not break the page', async () => {
  assert.equal(await run(usual, { broken: true }).ask('https://page.example/'), 'untouched');
});
