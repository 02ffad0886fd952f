// The state cookie, `1.<version>.<day>.<purposes>[.<exceptions>]`: shared/src/cookie.rs in JavaScript.
// Pure: knows neither the page nor the site.

// One bit for each entry, as hexadecimal without leading zeros; the first entry is the lowest bit.
const mask = bits =>
  bits.map(Number).reverse().join('').padStart(512, 0).replace(/.{4}/g, four => parseInt(four, 2).toString(16)).replace(/^0+/, '') || '0';

// The same number of bits as `entries` has.
const unmask = (text, entries) => entries.map((_, at) => parseInt([...text].reverse()[at >> 2], 16) >> at % 4 & 1);

export const encode = (version, day, bits, others) =>
  '1.' + version + '.' + day + '.' + mask(bits) + ('.' + mask(others)).replace('.0', '');

// The parts. Nothing, or an exception, where the text is not what `encode` writes: that counts as no
// choice (CON-15).
export const decode = (text, purposes, services) => {
  const parts = text.split('.');
  const version = parts[1] >>> 0;
  const day = parts[2] >>> 0;
  const bits = unmask(parts[3], purposes);
  const others = unmask(parts[4] || '', services);
  return version && encode(version, day, bits, others) === text && [version, day, bits, others];
};
