// Global Privacy Control: a browser's standing word that data may not be sold or shared. Never consent: it
// takes back what an earlier choice allowed and leaves out of "Accept all" what it speaks of. Where the law
// gives an opt-out, the visitor may still allow that here with its own switch (GPC-08).
import { box, decide, doc, granted, guard, hooks, owner, site } from '../api.js';
import { data } from '../data.js';

const { purposes, locked } = data;
// That a grant was made in spite of the signal: else it is older than the signal, which then counts.
const key = 'placet-signal';
// A withdrawal in the record, without the words that follow a person's own.
const silently = { toJSON: () => 'withdraw', toString: () => '' };
const spokenOf = id => purposes.includes(owner(id));
const allowed = () => site.p.some(id => spokenOf(id) && granted(id));

const show = guard(() => {
  const over = allowed();
  const region = box.querySelector('[role]');
  box.dataset.placetSignal = over ? 'over' : 'kept';
  if (region) region.dataset.accept_all = region.dataset.signal;
  if (over) localStorage[key] = 1;
  else delete localStorage[key];
});

if (navigator.globalPrivacyControl === true) {
  const { changed, waiting } = hooks;
  site.signal = data;
  hooks.signal = 'gpc';
  hooks.locked = id => spokenOf(id) && !granted(id);
  hooks.changed = () => {
    changed();
    show();
  };
  // Before anything is released, and in the language of what is not shown yet.
  if (allowed() && (locked || !guard(() => localStorage[key])())) {
    const stand = doc.createElement('div');
    stand.lang = site.l;
    box.append(stand);
    hooks.waiting = ':not(*)';
    guard(decide)(silently, 'signal', id => granted(id) && !spokenOf(id));
    hooks.waiting = waiting;
    stand.remove();
  }
  box.dataset.placetSignal = allowed() ? 'over' : 'kept';
}
