// The gate: starts what waits in the page once the visitor allows it, in document order, each once.
//
// Scripts keep HTML's own order: a plain script waits for the plain ones before it, `async` waits
// for nothing, `defer` and modules come after the others and after parsing. One that fails or hangs
// does not hold back the rest.
import { allows } from './choice.js';
import { doc, guard, listen, setTimeout, trusted } from './page.js';

const waiting = 'script[type="text/plain"],template,iframe[data-src]';
const runs = /^$|^module$|javascript|ecmascript/i;
const longest = 2e4;

const started = new WeakSet();
let pending = 0;

const allowed = ({ dataset: { category, service } }) =>
  allows(category === undefined ? [] : category.trim().split(/\s*,\s*/), service);

export const run = guard(() => {
  for (const late of [false, true]) {
    if (late && doc.readyState === 'loading') return;
    for (const element of doc.querySelectorAll(waiting)) {
      if (element.localName === 'iframe') frame(element);
      else if (!started.has(element) && allowed(element)) {
        if (element.localName === 'template') {
          started.add(element);
          unpack(element);
          return run();
        }
        const type = element.dataset.type || '';
        const external = element.dataset.src || element.hasAttribute('src');
        const free = element.hasAttribute('async');
        const deferred = !free && (type === 'module' || external && element.hasAttribute('defer'));
        if (deferred > late) continue;
        if (!external && !deferred && !free && pending) return;
        started.add(element);
        start(element, type, external && !free && runs.test(type) && !element.noModule);
      }
    }
  }
});

const start = guard((inert, type, holds) => {
  const script = doc.createElement('script');
  for (const { name, value } of inert.attributes) {
    if (name !== 'type') guard(() => script.setAttribute(name, name === 'src' ? trusted.createScriptURL(value) : value))();
  }
  if (type) script.type = type;
  if (inert.dataset.src) script.src = trusted.createScriptURL(inert.dataset.src);
  script.nonce = inert.nonce;
  script.text = trusted.createScript(inert.text);
  script.async = inert.hasAttribute('async');
  if (holds) {
    const settled = () => {
      if (holds) {
        holds = false;
        pending--;
        run();
      }
    };
    pending++;
    listen(script, 'load', settled);
    listen(script, 'error', settled);
    setTimeout(settled, longest);
  }
  started.add(script);
  inert.replaceWith(script);
});

// The scripts inside go through the same gate, under the template's own name.
const unpack = guard(template => {
  const { content, dataset } = template;
  for (const script of content.querySelectorAll('script')) {
    if (runs.test(script.type)) {
      Object.assign(script.dataset, dataset, { type: script.type });
      script.type = 'text/plain';
    }
  }
  template.after(content);
});

// An embed can be stopped as well as started, without a trace in the back button's history.
const frame = guard(frame => {
  if (allowed(frame) === started.has(frame)) return;
  if (started.delete(frame)) {
    frame.removeAttribute('src');
    frame.contentWindow.location.replace('about:blank');
  } else {
    started.add(frame);
    frame.src = frame.dataset.src;
  }
});
