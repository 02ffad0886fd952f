// The gate: gives to what waits in the page what it waits for, once the visitor allows it.
//
// Scripts keep HTML's own order and run once each: a plain script waits for the plain ones before it,
// `async` waits for nothing, `defer` and modules come after the others and after parsing. A slow host
// holds back its own service's scripts, and the others for no more than a moment.
import { allows } from './choice.js';
import { doc, guard, listen, setTimeout, trusted } from './page.js';

// For how many milliseconds a script that does not come holds back its own service, and the others.
const longest = 2e4;
const moment = 1e3;

const runs = /^(module)?$|javascript/i;

// What a site's parts change about the gate.
export const hooks = {
  // All that may wait.
  waiting: 'script[type="text/plain"],template',
  // What an element says of itself: `category`, `service`, and of a script `src` and `type`.
  names: element => element.dataset,
  // Gives an element that is neither script nor template what it waits for, or takes it away.
  dress() {},
  // Around a script that is released: before it is put into the page, and when it has run or failed.
  script() {},
  // What is granted has changed: called before anything is released.
  changed() {},
  // Whether "Accept all" leaves a purpose or service out.
  locked() {},
  // `signal` is what the browser signalled, where a part heard of it.
};

export const started = new WeakSet();

// The released scripts that have not come yet, with whose they are; those that hold back others too.
const pending = new Map();
export const young = new Set();

export const run = guard(() => {
  for (const late of [false, true]) {
    const held = new Set(pending.values());
    if (late && doc.readyState === 'loading') return;
    for (const element of doc.querySelectorAll(hooks.waiting)) {
      const names = hooks.names(element);
      const allowed = allows(names);
      const { content, type } = element;
      // Only a template has content.
      if (content || type === 'text/plain') {
        const whose = names.service || names.category;
        const free = element.hasAttribute('async');
        const deferred = !free && (names.type === 'module' || element.defer && (element.src || names.src));
        if (!allowed || started.has(element) || !deferred === late) continue;
        if (!free && (young.size || held.has(whose))) held.add(whose);
        else {
          started.add(element);
          content ? unpack(element, content, names) : start(element, names, !free && whose);
          return run();
        }
      } else hooks.dress(element, allowed);
    }
  }
});

// Made anew, since a script whose type was no script's has run for good, and put in the place of the old.
const start = guard((inert, names, whose) => {
  const script = doc.createElement('script');
  const src = names.src || inert.getAttribute('src');
  const settled = () => {
    young.delete(script);
    if (pending.delete(script)) {
      hooks.script(script, true);
      run();
    }
  };
  started.add(script);
  for (const { name, value } of inert.attributes) name === 'src' || script.setAttribute(name, trusted.createScript(value));
  script.type = names.type || '';
  script.nonce = inert.nonce;
  // Its turn has come, so it waits for no other; but modules may have imports that are not seen here.
  if (whose && script.type === 'module') script.async = false;
  script.text = trusted.createScript(inert.text);
  pending.set(script, whose);
  if (src) {
    if (whose && runs.test(script.type)) {
      young.add(script);
      setTimeout(() => young.delete(script) && run(), moment);
    }
    listen(script, 'load', settled);
    listen(script, 'error', settled);
    setTimeout(settled, longest);
    script.src = trusted.createScriptURL(src);
  }
  hooks.script(script);
  inert.replaceWith(script);
  if (!src) settled();
});

// The scripts inside go through the same gate, under the template's own name.
export const unpack = guard((template, content, { category = '', service = '' }) => {
  for (const script of content.querySelectorAll('script')) {
    if (runs.test(script.type)) {
      Object.assign(script.dataset, { category, service, type: script.type });
      script.type = 'text/plain';
    }
  }
  template.after(content);
});

// Looks at what was added to the page, not at the whole of it.
export const look = guard(records => {
  for (const { addedNodes } of records) {
    for (const node of addedNodes) {
      if (node.matches && (node.matches(hooks.waiting) || node.querySelector(hooks.waiting))) return run();
    }
  }
});
