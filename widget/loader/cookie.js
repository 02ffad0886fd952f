// The state cookie, `1.<version>.<day>.<purposes>[.<exceptions>]`: shared/src/cookie.rs in JavaScript.
// Pure: knows neither the page nor the site.

// One bit for each entry, as hexadecimal without leading zeros; the first entry is the lowest bit.
const mask = bits => {
  let text = '';
  for (let at = 0; at < bits.length; at += 4) {
    text = (bits[at] | bits[at + 1] << 1 | bits[at + 2] << 2 | bits[at + 3] << 3).toString(16) + text;
  }
  return text.replace(/^0+/, '') || '0';
};

const bits = (text, length) =>
  Array.from({ length }, (_, at) => !!(parseInt(text[text.length - 1 - (at >> 2)], 16) >> at % 4 & 1));

export const encode = (version, day, purposes, exceptions) =>
  [1, version, day, mask(purposes)].concat(exceptions.some(Boolean) ? mask(exceptions) : []).join('.');

// Nothing but what `encode` writes is a choice: whatever else stands there counts as none (CON-15).
export const decode = (text, purposes, services) => {
  const [, version, day, granted = '', differing = ''] = text.split('.');
  const state = { version: version >>> 0, day: day >>> 0, purposes: bits(granted, purposes), exceptions: bits(differing, services) };
  return state.version && encode(state.version, state.day, state.purposes, state.exceptions) === text ? state : null;
};
