// What a released script finds missing because it comes late: a document that it can write into, and
// the events that say that the page is ready.
import { doc, guard, hooks, me, setTimeout, started, trusted, unpack, win, young } from '../api.js';

// When each of the page's moments was, for events that nobody can hear any more.
const moments = {
  DOMContentLoaded: 'domContentLoadedEventStart', readystatechange: 'loadEventStart', load: 'loadEventStart', pageshow: 'loadEventStart',
};
const passed = type => performance.timing[moments[type]];

const written = new Map();
let missed = [];
let handler;
let modules = 0;
let installed;

// Modules run without a current script: while one is awaited, what comes late is taken for its own.
const ours = () => started.has(doc.currentScript) || modules && !doc.currentScript;

const miss = (type, listener, target) => {
  if (listener && passed(type)) missed.push([type, listener, target]);
};

const install = () => {
  installed = true;
  for (const name of ['write', 'writeln', 'open']) {
    const native = doc[name];
    doc[name] = function (...texts) {
      const script = doc.currentScript;
      if (!started.has(script)) return native.apply(doc, texts);
      if (name === 'open') return doc;
      written.set(script, (written.get(script) || '') + texts.join('') + (name === 'writeln' ? '\n' : ''));
    };
  }
  for (const target of [doc, win]) {
    const native = target.addEventListener;
    target.addEventListener = function (type, listener) {
      if (ours()) miss(type, listener, target);
      return native.apply(this || win, arguments);
    };
  }
};

// What was written stands after its script, or where the body begins when the head cannot show it. Its
// own scripts go through the gate under the same name.
const place = (script, text) => {
  const template = doc.createElement('template');
  template.innerHTML = trusted.createHTML(text);
  const { content } = template;
  const { head, body } = doc;
  const seen = content.querySelector(':not(script,style,link,meta,noscript)');
  if (body && (!script.parentNode || seen && head.contains(script))) body.prepend(template);
  else script.after(template);
  unpack(template, content, hooks.names(script));
  template.remove();
};

// Once no script is awaited that may still be in time. Each in a task of its own, so that an error of one
// is reported and stops no other.
const replay = () => {
  if (young.size) return;
  for (const [type, listener, target] of missed) {
    setTimeout(() => {
      const event = new Event(type);
      for (const name of ['target', 'currentTarget']) Object.defineProperty(event, name, { value: target });
      listener.handleEvent ? listener.handleEvent(event) : listener.call(target, event);
    });
  }
  missed = [];
};

hooks.script = guard((script, done) => {
  const { onload } = win;
  if (!done) {
    if (!installed) install();
    // Where the page's policy goes by nonces, a script without the right one would not have run either.
    if (me.nonce && script.nonce !== me.nonce) script.type = 'text/plain';
    handler = onload;
    modules += script.type === 'module';
    return;
  }
  if (onload !== handler) miss('load', handler = onload, win);
  if (written.has(script)) place(script, written.get(script));
  written.delete(script);
  for (const wait of [0, 1e3]) setTimeout(replay, wait);
  if (script.type === 'module') setTimeout(() => modules--, 1e3);
});
