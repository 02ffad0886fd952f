// Holds what nobody marked: whatever would be loaded from, or sent to, an address of a service that the
// visitor has not allowed. Elements are given the marks that they lack, so that the gate releases them;
// requests fail as they do without a network. What the browser's parser fetched ahead of every script
// cannot be held from here.
import { allows, doc, guard, hooks, started, trusted, win } from '../api.js';
import { data } from '../data.js';

const { URL } = win;
const attributes = {
  script: ['src'], iframe: ['src'], img: ['src', 'srcset'], source: ['src', 'srcset'], video: ['src', 'poster'], audio: ['src'],
  track: ['src'], link: ['href'], object: ['data'], embed: ['src'],
};
const names = Object.keys(attributes);
const kept = new Map();

// Each host with the paths below it, each with whose it is; the longest path first.
const hosts = new Map();
for (const [service, ...patterns] of data) {
  for (const pattern of patterns) {
    const [named] = pattern.split('/');
    const host = named || location.hostname;
    hosts.set(host, (hosts.get(host) || []).concat([[pattern.slice(named.length), service]]).sort(([a], [b]) => b.length - a.length));
  }
}

// The service that an address belongs to, where it is not allowed.
const shut = guard(address => {
  const { hostname, pathname } = new URL(address, doc.baseURI);
  for (let host = hostname; host; host = host.slice(host.indexOf('.') + 1 || host.length)) {
    for (const [path, service] of hosts.get(host) || []) {
      if (pathname.startsWith(path)) return !allows({ service }) && service;
    }
  }
});

const shutBy = (name, value) => name === 'srcset' ? String(value).split(/[\s,]+/).map(shut).find(Boolean) : shut(value);

// Says whether it took the attribute. A script that is not in the page yet stays the same element, with
// all that waits for it; any other element is marked.
const take = guard((element, name, value) => {
  const service = (attributes[element.localName] || []).includes(name) && shutBy(name, value);
  if (!service) return;
  if (element.localName === 'script') kept.set(element, [service, value]);
  else {
    setAttribute.call(element, 'data-' + name, value);
    if (!element.dataset.service) element.dataset.service = service;
  }
  return true;
});

// What the parser or a clone brought in with its address.
const examine = guard(element => {
  if (started.has(element) || element.type === 'text/plain') return;
  for (const name of attributes[element.localName]) {
    const value = element.getAttribute(name);
    if (!value || !shutBy(name, value)) continue;
    if (element.localName === 'script') {
      Object.assign(element.dataset, { service: element.dataset.service || shut(value), type: element.type });
      element.type = 'text/plain';
    } else {
      element.removeAttribute(name);
      take(element, name, value);
      if (element.load) element.load();
      if (element.getSVGDocument) element.replaceWith(element);
    }
  }
});

const examineIn = root => {
  if (attributes[root.localName]) examine(root);
  if (root.firstElementChild) root.querySelectorAll(names).forEach(examine);
};

// Markup, before a parser reads it: the first of two attributes of one name counts.
const tags = RegExp('<(' + names.join('|') + ')\\b(?:"[^"]*"|\'[^\']*\'|[^"\'>])*>', 'gi');
const inTag = /(\s)(src|srcset|href|data|poster)(\s*=\s*)("[^"]*"|'[^']*'|[^\s>]+)/gi;
const marked = guard(text => String(text).replace(tags, (tag, name) => {
  const script = /script/i.test(name);
  let service;
  const changed = tag.replace(inTag, (whole, blank, attribute, is, value) => {
    const found = shutBy(attribute.toLowerCase(), value.replace(/^["']|["']$/g, ''));
    service = found || service;
    return found && !script ? blank + 'data-' + attribute + is + value : whole;
  });
  const type = script ? ' type="text/plain"' + (/\stype\s*=\s*["']?module/i.test(tag) ? ' data-type="module"' : '') : '';
  return service ? '<' + name + type + ' data-service="' + service + '"' + changed.slice(name.length + 1) : tag;
}));
const markup = text => {
  const now = marked(text);
  return now === undefined || now === String(text) ? text : trusted.createHTML(now);
};

// Puts `work` before a function of the browser's: it gets the arguments and may change them or answer.
const wrap = (owner, name, work) => {
  if (owner && owner[name]) {
    owner[name] = new Proxy(owner[name], { apply: (native, self, given) => {
      const answer = work(given, self);
      return answer ? answer[0] : Reflect.apply(native, self, given);
    } });
  }
};

const setter = (owner, name, work) => {
  while (owner && !owner.hasOwnProperty(name)) owner = Object.getPrototypeOf(owner);
  const native = owner && Object.getOwnPropertyDescriptor(owner, name);
  if (native && native.set) {
    Object.defineProperty(owner, name, Object.assign({}, native, { set(value) { work(this, value, native.set); } }));
  }
};

const { setAttribute } = Element.prototype;
const { set: setSource } = Object.getOwnPropertyDescriptor(HTMLScriptElement.prototype, 'src');

for (const name of names) {
  for (const attribute of attributes[name]) {
    setter(Object.getPrototypeOf(doc.createElement(name)), attribute, (element, value, set) =>
      take(element, attribute, value) || set.call(element, value));
  }
}
wrap(Element.prototype, 'setAttribute', ([name, value], element) =>
  attributes[element.localName] && take(element, String(name).toLowerCase(), value) && []);
for (const name of ['innerHTML', 'outerHTML']) {
  for (const { prototype } of [Element, ShadowRoot]) setter(prototype, name, (element, value, set) => set.call(element, markup(value)));
}
const first = given => { given[0] = markup(given[0]); };
wrap(Element.prototype, 'insertAdjacentHTML', given => { given[1] = markup(given[1]); });
wrap(Range.prototype, 'createContextualFragment', first);
const all = given => { given.splice(0, given.length, markup(given.join(''))); };
wrap(Document.prototype, 'write', all);
wrap(Document.prototype, 'writeln', all);

// Requests fail as without a network.
wrap(win, 'fetch', ([input]) => shut(input && input.url || input) && [Promise.reject(new TypeError('Failed to fetch'))]);
wrap(Navigator.prototype, 'sendBeacon', ([address]) => shut(address) && [false]);
wrap(XMLHttpRequest.prototype, 'open', given => { if (shut(given[1])) given[1] = 'blob:0'; });
for (const [name, nowhere] of [['WebSocket', 'wss://0:1'], ['EventSource', 'data:,'], ['Worker', 'data:,'], ['SharedWorker', 'data:,']]) {
  if (win[name]) {
    win[name] = new Proxy(win[name], { construct: (native, [address, ...rest], made) =>
      Reflect.construct(native, [shut(address) ? nowhere : address, ...rest], made) });
  }
}

const { changed } = hooks;
hooks.changed = () => {
  changed();
  for (const [script, [service, value]] of kept) {
    if (allows({ service })) {
      kept.delete(script);
      started.add(script);
      setSource.call(script, value);
    }
  }
  // What came in while it was allowed.
  examineIn(doc);
};

examineIn(doc);
new MutationObserver(guard(records => {
  for (const { addedNodes } of records) addedNodes.forEach(examineIn);
})).observe(doc, { childList: true, subtree: true });
