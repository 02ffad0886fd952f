// What is granted now, and the cookie that remembers it. Starts with nothing granted.
//
// A purpose is known by its id, a service by `purpose/service`.
import { decode, encode } from './cookie.js';
import { cookies, guard, setCookie } from './page.js';
import { site } from './site.js';

const secure = location.protocol > 'http:';
const name = (secure ? '__Host-' : '') + 'placet=';
const today = () => Date.now() / 864e5 | 0;

export const owner = key => key.split('/')[0];
const own = key => key.split('/')[1];
export const purposes = site.p.filter(key => !own(key));
const services = site.p.filter(own);
const keys = site.p.concat(site.q);

const state = new Map();

// The state cookie's text, once there is a choice that holds.
export let chosen;

export const granted = key => state.get(key);
const differs = key => granted(key) !== granted(owner(key));

const set = test => site.p.forEach(key => state.set(key, !!test(key)));

keys.forEach(key => state.set(key, site.q.includes(key)));

// Whether an element that names these in its `data-` attributes may run: a service's own state wins
// over its purpose's, every category that is named must be granted, and what the policy does not know
// is never granted.
export const allows = ({ category, service }) => {
  const key = service && keys.find(key => own(key) === service);
  const categories = (category || '').match(/[^,\s]+/g) || [];
  return categories.every(id => granted(id) || key && owner(key) === id) && !!(service ? granted(key) : categories[0]);
};

// How much is granted, for the reopen control.
export const extent = () => site.p.every(granted) ? 'all' : site.p.some(granted) ? 'some' : 'none';

// The services whose state is `on` although their purpose's is not, or the other way round.
export const exceptions = on => services.filter(key => granted(key) === on && differs(key)).map(own);

// Takes over a choice that was made earlier, or in another tab. Says whether it holds and is news.
// One day in the future is a clock that is a little off; more would outlive the policy's term.
export const adopt = found => {
  const [version, day, bits, others] = decode(found, purposes, services);
  const age = today() - day;
  if (version >= site.o && version <= site.v && age <= site.n && age > -2 && found !== chosen) {
    set(key => bits[purposes.indexOf(owner(key))] ^ others[services.indexOf(key)]);
    return chosen = found;
  }
};

export const read = () => ('; ' + cookies()).split('; ' + name).slice(1).some(rest => adopt(rest.split(';')[0]));

export const write = guard(() => setCookie(name + chosen + site.k + (secure ? ';secure' : '')));

export const choose = test => {
  set(test);
  chosen = encode(site.v, today(), purposes.map(granted), services.map(differs));
  write();
};

// The public picture of it.
export const picture = () => {
  const picture = { site: site.s, version: site.v, chosen: !!chosen, purposes: {}, services: {} };
  state.forEach((on, key) => own(key) ? picture.services[own(key)] = on : picture.purposes[key] = on);
  return picture;
};
