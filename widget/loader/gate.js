// The gate: starts what waits in the page once the visitor allows it, in document order, each once.
//
// Scripts keep HTML's own order: a plain script waits for the plain ones before it, `async` waits
// for nothing, `defer` and modules come after the others and after parsing. One that fails or hangs
// does not hold back the rest.
import { allows } from './choice.js';
import { doc, guard, listen, setTimeout, trusted } from './page.js';

const waiting = 'script[type="text/plain"],template,iframe[data-src]';
const runs = /^(module)?$|javascript/i;
const longest = 2e4;

const started = new WeakSet();
let pending = 0;

export const run = guard(() => {
  for (const late of [false, true]) {
    if (late && doc.readyState === 'loading') return;
    for (const element of doc.querySelectorAll(waiting)) {
      // Only a template has content.
      const { dataset, content } = element;
      const allowed = allows(dataset);
      if (element.localName === 'iframe') frame(element, allowed);
      else if (allowed && !started.has(element)) {
        const type = dataset.type || '';
        const external = element.src || dataset.src;
        const free = element.hasAttribute('async');
        const deferred = !free && (type === 'module' || external && element.defer);
        if (deferred && !late) continue;
        if (!content && !external && !deferred && !free && pending) return;
        started.add(element);
        if (content) {
          unpack(element, content);
          return run();
        }
        start(element, type, external && !free && runs.test(type));
      }
    }
  }
});

// Made anew, since a script that came in by `innerHTML` never runs, and put in the place of the old.
const start = guard((inert, type, holds) => {
  const script = doc.createRange().createContextualFragment(trusted.createHTML(inert.outerHTML)).firstChild;
  started.add(script);
  script.type = type;
  script.nonce = inert.nonce;
  script.async = inert.hasAttribute('async');
  if (inert.dataset.src) script.src = trusted.createScriptURL(inert.dataset.src);
  if (holds) {
    pending++;
    new Promise(settled => {
      listen(script, 'load', settled);
      listen(script, 'error', settled);
      setTimeout(settled, longest);
    }).then(() => {
      pending--;
      run();
    });
  }
  inert.replaceWith(script);
});

// The scripts inside go through the same gate, under the template's own name.
const unpack = guard((template, content) => {
  for (const script of content.querySelectorAll('script')) {
    if (runs.test(script.type)) {
      Object.assign(script.dataset, template.dataset, { type: script.type });
      script.type = 'text/plain';
    }
  }
  template.after(content);
});

// An embed can be stopped as well as started: taken out and put back without an address, it loses its
// content and leaves nothing for the back button.
const frame = guard((frame, allowed) => {
  if (started.has(frame) === allowed) return;
  if (allowed) {
    started.add(frame);
    frame.src = frame.dataset.src;
  } else {
    started.delete(frame);
    frame.removeAttribute('src');
    frame.replaceWith(frame);
  }
});
