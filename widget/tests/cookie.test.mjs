// The loader reads and writes the state cookie exactly as `shared` does: the same vectors pass both.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { decode, encode } from '../loader/cookie.js';

const vectors = JSON.parse(readFileSync(new URL('../../shared/vectors/state-cookies.json', import.meta.url)));
const purposes = Array(9).fill('p');
const services = Array(6).fill('s');
const bits = (length, set) => Array.from({ length }, (_, at) => set.includes(at));
const flags = list => list.map(Boolean);

for (const { text, version, day, purposes: granted, exceptions } of vectors.choices) {
  test(`${text} is written and read`, () => {
    assert.equal(encode(version, day, bits(9, granted), bits(6, exceptions)), text);
    const [readVersion, readDay, readPurposes, readServices] = decode(text, purposes, services);
    assert.deepEqual([readVersion, readDay], [version, day]);
    assert.deepEqual(flags(readPurposes), bits(9, granted));
    assert.deepEqual(flags(readServices), bits(6, exceptions));
  });
}

for (const text of vectors.no_choices) {
  test(`con_15: ${JSON.stringify(text)} is no choice`, () => {
    let state;
    try {
      state = decode(text, purposes, services);
    } catch {
      state = null;
    }
    assert.ok(!state);
  });
}

test('pbd_09: 512 purposes and services survive, and so does none', () => {
  const many = Array.from({ length: 512 }, (_, at) => at % 3 === 0);
  const text = encode(7, 20781, many, many);
  const [, , granted, exceptions] = decode(text, many, many);
  assert.deepEqual(flags(granted), many);
  assert.deepEqual(flags(exceptions), many);
  assert.equal(encode(7, 20781, [], []), '1.7.20781.0');
});

test('a grant of more purposes than the policy has is no choice', () => {
  assert.ok(!decode('1.1.20781.200', purposes, services));
});
