// What services that are not allowed would store under the names that they declare: scripts can neither
// write it nor read it, and when a consent is withdrawn it is removed. What an allowed service, or one
// that needs no consent, declares too is left alone.
import { allows, doc, guard, hooks, listen, setTimeout, win } from '../api.js';
import { data } from '../data.js';

const escaped = name => name.split('*').map(part => part.replace(/\W/g, '\\$&')).join('.*');
const allowed = () => data.map(([service]) => allows({ service }));

// For each kind of storage, whether a name belongs to one of the services of `own` and to none of `others`.
const belongs = (own, others) => [1, 2, 3, 4, 5].map(kind => {
  const [mine, theirs] = [own, others].map(flags =>
    RegExp('^(' + [].concat(...data.map((row, at) => flags[at] && row[kind] || [])).map(escaped).join('|') + ')$'));
  return name => !!name && mine.test(name) && !theirs.test(name);
});

let now = allowed();
let shut;
let gone;
const refresh = before => {
  now = allowed();
  shut = belongs(now.map(on => !on), now);
  gone = belongs(now.map((on, at) => before[at] && !on), now);
};
refresh(now);

const jar = Object.getOwnPropertyDescriptor(Document.prototype, 'cookie');
const nameOf = text => String(text).split(/[=;]/)[0].trim();

// Removing is always allowed.
Object.defineProperty(Document.prototype, 'cookie', Object.assign({}, jar, {
  get() {
    return jar.get.call(this).split('; ').filter(pair => !shut[0](nameOf(pair))).join('; ');
  },
  set(text) {
    if (!shut[0](nameOf(text)) || /max-age=\s*[0-]|expires=.*19[79]\d/i.test(text)) jar.set.call(this, text);
  },
}));

// Both ways of writing, `setItem` and a property, go through one stand-in of the storage.
[, 'localStorage', 'sessionStorage'].forEach((name, kind) => {
  const { get } = Object.getOwnPropertyDescriptor(win, name);
  const closed = key => shut[kind](String(key));
  let real;
  let standIn;
  const traps = {
    get(storage, key) {
      const value = storage[key];
      if (typeof value !== 'function') return closed(key) ? undefined : value;
      return /^[gs]etItem$/.test(String(key)) ?
        (...given) => closed(given[0]) ? null : value.apply(storage, given) :
        value.bind(storage);
    },
    set(storage, key, value) {
      if (!closed(key)) storage[key] = value;
      return true;
    },
  };
  Object.defineProperty(win, name, { configurable: true, enumerable: true, get() {
    const storage = get.call(win);
    if (storage !== real) standIn = new Proxy(real = storage, traps);
    return standIn;
  } });
});

// As where a browser allows a page no database. An open one is remembered: it could not be removed.
const requests = [];
const denied = () => new DOMException('', 'SecurityError');
for (const [name, kind, refuse] of [['indexedDB', 3, () => { throw denied(); }], ['caches', 4, () => Promise.reject(denied())]]) {
  guard(() => {
    const { open } = win[name];
    Object.getPrototypeOf(win[name]).open = function (...given) {
      if (shut[kind](String(given[0]))) return refuse();
      const answer = open.apply(this, given);
      if (kind === 3) requests.push([String(given[0]), answer]);
      return answer;
    };
  })();
}

// Every domain and path that a cookie seen here can have.
const domains = location.hostname.split('.').map((_, at, labels) => ';domain=' + labels.slice(at).join('.')).concat('');
const paths = () => [].concat(...location.pathname.split('/').map((_, at, steps) => {
  const path = steps.slice(0, at + 1).join('/');
  return [path, path + '/'];
}));

const sweep = guard(() => {
  for (const pair of jar.get.call(doc).split('; ')) {
    const name = nameOf(pair);
    if (!gone[0](name)) continue;
    for (const domain of domains) {
      for (const path of paths()) {
        for (const more of ['', ';secure', ';secure;partitioned']) jar.set.call(doc, name + '=;max-age=0;path=' + path + domain + more);
      }
    }
  }
  for (const kind of [1, 2]) {
    guard(() => {
      const storage = kind === 1 ? localStorage : sessionStorage;
      Object.keys(storage).filter(gone[kind]).forEach(key => storage.removeItem(key));
    })();
  }
  requests.filter(([name]) => gone[3](name)).forEach(guard(([, { result }]) => result.close()));
  guard(() => indexedDB.databases().then(found => found.forEach(({ name }) => gone[3](name) && indexedDB.deleteDatabase(name)), () => {}))();
  guard(() => caches.keys().then(found => found.forEach(name => gone[4](name) && caches.delete(name)), () => {}))();
});

// A script that runs may write once more, past us: looked at again soon, and when the page is left.
const { changed } = hooks;
hooks.changed = () => {
  refresh(now);
  changed();
  for (const wait of [0, 300]) setTimeout(sweep, wait);
};
listen(win, 'pagehide', sweep);
