// The service worker of a site that switched it on: refuses what the page asks of listed hosts until the
// visitor allows it, also where the page's parser asks before any script. Looks at nothing else: a request
// to a host that is not listed, and every navigation, goes on as if there were no worker. Keeps nothing.
//
// `data`: since, version, days: which choices hold. purposes, services: how many there are to choose.
// always: addresses that need no consent. never: those of services that the site does not name.
// waits: [purpose, service, address, …], by position in the choice.
(() => {
  const data = __DATA__;
  const { cookieStore, location, setTimeout, URL } = self;

  // Whose worker this is; an owner's own worker may import it.
  const alone = location.pathname.endsWith('/worker.js') && location.pathname.includes('/s/');

  // Each host, with the paths below it, each with who is reached there; the longest path first.
  const hosts = new Map();
  const list = (pattern, rule) => {
    const [named] = pattern.split('/');
    const host = named || location.hostname;
    const path = pattern.slice(named.length);
    const paths = hosts.get(host) || new Map();
    paths.set(path, (paths.get(path) || []).filter(other => other !== 'never').concat([rule]));
    hosts.set(host, paths);
  };
  data.never.forEach(pattern => list(pattern, 'never'));
  data.always.forEach(pattern => list(pattern, 'always'));
  data.waits.forEach(([purpose, service, ...patterns]) => patterns.forEach(pattern => list(pattern, [purpose, service])));
  for (const [host, paths] of hosts) hosts.set(host, [...paths].sort(([a], [b]) => b.length - a.length));

  const rules = address => {
    const { hostname, pathname } = new URL(address);
    for (let host = hostname; host; host = host.slice(host.indexOf('.') + 1 || host.length)) {
      for (const [path, found] of hosts.get(host) || []) {
        if (pathname.startsWith(path)) return found;
      }
    }
  };

  // The state cookie (shared/src/cookie.rs). What the loader would not take is no choice.
  const bit = (mask, at) => parseInt(mask[mask.length - 1 - (at >> 2)] || '0', 16) >> at % 4 & 1;
  const fits = (mask, count) => {
    for (let at = count; at < mask.length * 4; at++) if (bit(mask, at)) return false;
    return true;
  };
  const number = '(0|[1-9]\\d{0,9})';
  const mask = '[1-9a-f][\\da-f]*';
  const form = RegExp('^1\\.' + number + '\\.' + number + '\\.(0|' + mask + ')(?:\\.(' + mask + '))?$');
  const allows = (text, [purpose, service]) => {
    const [, version, day, purposes, exceptions = '0'] = form.exec(text) || [];
    const age = (Date.now() / 864e5 | 0) - day;
    return version >= data.since && version <= data.version && age <= data.days && age > -2 && fits(purposes, data.purposes)
      && fits(exceptions, data.services) && !!(bit(purposes, purpose) ^ bit(exceptions, service));
  };

  // Where the browser does not show cookies to workers, the page says them. It does so as it loads; what
  // is asked before waits for it, but not for long.
  let told;
  let heard;
  const hearing = new Promise(done => { heard = done; });
  const name = (location.protocol === 'https:' ? '__Host-' : '') + 'placet';
  const state = async () => {
    if (cookieStore) return ((await cookieStore.get(name)) || {}).value;
    if (told === undefined) await Promise.race([hearing, new Promise(done => setTimeout(done, 2000))]);
    return told;
  };

  const open = async found => {
    if (found.includes('always')) return true;
    const waits = found.filter(rule => rule !== 'never');
    if (!waits.length) return false;
    const text = await state();
    return waits.some(rule => allows(text, rule));
  };

  self.addEventListener('message', ({ data: said }) => {
    if (said && typeof said.placet === 'string') heard(told = said.placet);
  });

  self.addEventListener('fetch', event => {
    const { request } = event;
    let found;
    // Whatever fails here, the page's request goes on.
    try {
      if (request.mode !== 'navigate') found = rules(request.url);
    } catch (_) {}
    if (!found || found.includes('always')) return;
    event.respondWith(open(found).catch(() => false).then(opened => opened ? fetch(request) : Response.error()));
  });

  if (alone) {
    self.addEventListener('install', () => self.skipWaiting());
    self.addEventListener('activate', event => event.waitUntil(self.clients.claim()));
  }
})();
