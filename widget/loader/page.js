// The page's own functions, as they were before any other script could replace them (SEC-12), and
// the fence around everything that we do in it: nothing is ever thrown into the page.
export const win = window;
export const doc = document;
export const html = doc.documentElement;
export const me = doc.currentScript;
export const { fetch, setTimeout } = win;

const native = Object.getOwnPropertyDescriptor;
// By the document's own chain: some libraries give the page another `Document`, and another `Event`.
const jar = native(doc.__proto__.__proto__, 'cookie');
const { get: isTrusted } = native(doc.createEvent('Event'), 'isTrusted');

// Placet's address: the loader's own, without `s/{site}.js`. Works behind a proxy's path.
export const base = new URL('../', me.src).href;

export const guard = work => (...given) => {
  try {
    return work(...given);
  } catch (_) {}
};

export const listen = (target, type, work) => target.addEventListener(type, guard(work));

export const cookies = () => jar.get.call(doc);
export const setCookie = text => jar.set.call(doc, text);

// A person's own click, somewhere inside `element`, right now (CON-02). The getter is the browser's:
// it refuses anything that is not an event.
export const clickedIn = (element, event) => isTrusted.call(event) && event.composedPath().includes(element);

// Under Trusted Types markup and script URLs need a policy; elsewhere they stay text.
const same = text => text;
const makers = { createHTML: same, createScript: same, createScriptURL: same };
export const trusted = guard(() => win.trustedTypes.createPolicy('placet', makers))() || makers;
