// The loader: first script of the page. Denies by default, remembers an earlier choice, asks where
// there is none. Knows no texts, no layout and no rules: the server gives it those as data.
import { site } from './site.js';
import { doc, guard, html, listen, me, setTimeout, win } from './page.js';
import { chosen, picture, read } from './choice.js';
import { mount } from './view.js';
import { resume } from './outbox.js';
import { look, run } from './gate.js';
import { api } from './api.js';
import { follow } from './decide.js';
import { layers, load, open } from './preferences.js';

const { placet } = win;

const push = guard(work => work(win.placet));

if (!(placet || '').version) {
  win.placet = {
    version: 1,
    show: open,
    state: picture,
    push,
  };
  guard(read)();
  if (chosen) resume();
  guard(site.x)(api, guard);
  run();
  new MutationObserver(look).observe(doc, { childList: true, subtree: true });
  listen(doc, 'DOMContentLoaded', run);
  follow();
  // In the page's language (UI-10): ours, or fetched when the page's is another one that there is.
  const page = html.lang.toLowerCase();
  const tag = !/language=/.test(me.src) && (site.a[page] || site.a[page.split('-')[0]]) || site.l;
  const show = guard(layer => {
    mount(layer);
    if (!chosen) setTimeout(load);
  });
  if (tag === site.l) show(site);
  else layers(tag).then(show, () => show(site));
  // What the page asked for before we were there.
  placet.forEach(push);
}
