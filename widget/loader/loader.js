// The loader: first script of the page. Denies by default, remembers an earlier choice, asks where
// there is none. Knows no texts, no layout and no rules: the server gives it those as data.
import { ask, chosen, read, state } from './choice.js';
import { follow, withdraw } from './decide.js';
import { run } from './gate.js';
import { resume } from './outbox.js';
import { doc, guard, html, listen, me, setTimeout, win } from './page.js';
import { handle, layers, load, open } from './preferences.js';
import { site } from './site.js';
import { mount } from './view.js';

const start = guard(() => {
  const { placet } = win;
  if (placet && placet.version) return;
  guard(read)();
  expose(placet);
  run();
  new MutationObserver(records => records.some(record => record.addedNodes.length) && run()).observe(doc, { childList: true, subtree: true });
  listen(doc, 'DOMContentLoaded', run);
  follow();
  if (!ask) return;
  handle();
  if (!chosen()) show();
  else {
    resume();
    if (doc.readyState === 'loading') listen(doc, 'DOMContentLoaded', show);
    else show();
  }
});

// In the page's language (UI-10): ours, or fetched when the page's is another one that there is.
const show = guard(() => {
  const tag = wanted();
  const then = guard(other => {
    mount(other);
    if (!chosen()) setTimeout(load);
  });
  if (tag === site.l) then();
  else layers(tag).then(then, () => then());
});

const wanted = () => {
  const page = html.lang.toLowerCase();
  const primary = tag => tag.split('-')[0];
  if (!page || /[?&]language=/.test(me.src)) return site.l;
  return site.a.find(tag => tag === page) || [site.l].concat(site.a).find(tag => primary(tag) === primary(page)) || site.l;
};

const expose = queue => {
  const push = guard(work => work(api));
  const api = Object.freeze({
    version: 1,
    show: open,
    state,
    on: (type, work) => {
      const listener = guard(event => work(event.detail));
      doc.addEventListener('placet:' + type, listener);
      return () => doc.removeEventListener('placet:' + type, listener);
    },
    withdraw: guard(withdraw),
    push,
  });
  win.placet = api;
  if (Array.isArray(queue)) queue.forEach(push);
};

start();
