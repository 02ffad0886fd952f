// What is granted now, and the cookie that remembers it. Starts with nothing.
import { decode, encode } from './cookie.js';
import { cookies, guard, setCookie } from './page.js';
import { site } from './site.js';

const secure = location.protocol === 'https:';
const name = secure ? '__Host-placet=' : 'placet=';
const optional = site.p.filter(purpose => purpose[1]);
const purposes = optional.map(purpose => purpose[0]);
const services = [].concat(...optional.map(purpose => purpose[2]));
const owners = new Map();
const granted = new Map();
const running = new Map();
const today = () => Math.floor(Date.now() / 864e5);

let text;

const set = (purpose, service) => {
  for (const [id, waits, its] of site.p) {
    granted.set(id, !waits || purpose(id));
    for (const one of its) {
      owners.set(one, id);
      running.set(one, !waits || service(one));
    }
  }
};

set(() => false, () => false);

export const ask = optional.length;
export const chosen = () => text;
export const purposeOn = id => granted.get(id);
export const serviceOn = id => running.get(id);
export const ownerOf = id => owners.get(id);

// Whether an element that names these may run: a service's own state wins over its purpose's, every
// category that is named must be granted, and what the policy does not know is never granted.
export const allows = (categories, service) =>
  categories.every(id => granted.get(id) || granted.has(id) && owners.get(service) === id) &&
  (service === undefined ? categories.length > 0 : running.get(service));

// How much is granted, for the reopen control.
export const extent = () => {
  const all = purposes.map(purposeOn).concat(services.map(serviceOn));
  return all.every(Boolean) ? 'all' : all.some(Boolean) ? 'some' : 'none';
};

export const lists = () => ({
  granted: purposes.filter(purposeOn),
  services_granted: services.filter(id => serviceOn(id) && !purposeOn(ownerOf(id))),
  services_refused: services.filter(id => !serviceOn(id) && purposeOn(ownerOf(id))),
});

// Takes over a choice that was made elsewhere: earlier, in another tab. Whether there is a valid one
// that differs from ours is the answer.
export const adopt = found => {
  const state = decode(found, purposes.length, services.length);
  if (!state || state.version < site.o || state.version > site.v || today() - state.day > site.n || found === text) return false;
  const purpose = id => state.purposes[purposes.indexOf(id)];
  set(purpose, id => state.exceptions[services.indexOf(id)] !== purpose(ownerOf(id)));
  text = found;
  return true;
};

export const read = () => cookies().split('; ').some(one => one.startsWith(name) && adopt(one.slice(name.length)));

export const write = guard(() => setCookie(name + text + ';path=/;samesite=lax;max-age=' + site.n * 86400 + (secure ? ';secure' : '')));

export const choose = (purpose, service) => {
  set(purpose, service);
  text = encode(site.v, today(), purposes.map(purposeOn), services.map(id => serviceOn(id) !== purposeOn(ownerOf(id))));
  write();
};

// The public picture of it.
export const state = () => {
  const picture = map => {
    const plain = {};
    map.forEach((on, id) => plain[id] = on);
    return plain;
  };
  return { site: site.s, version: site.v, chosen: !!text, purposes: picture(granted), services: picture(running) };
};
