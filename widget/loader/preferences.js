// Answers every click until the banner does, and fetches what comes after the first layer: the banner's
// glue (`boot.js`), which opens the preferences and starts the banner. Nothing here waits for it: it may
// never come.
import { granted } from './choice.js';
import { decide } from './decide.js';
import { hooks } from './gate.js';
import { outcome, receiptText } from './outbox.js';
import { base, clickedIn, doc, fetch, guard, html, listen, me, trusted } from './page.js';
import { site } from './site.js';
import { box, fill } from './view.js';

let script;
let answered;

export const layers = async tag => (await fetch(base + site.y + tag)).json();

// One event, one answer: a click reaches the banner's own listener first and then ours. What is saved
// is what the switches show (UI-08). A grant needs a person's click inside our own markup (CON-02); a refusal
// counts however it is made.
const answer = guard((method, layer, event) => {
  if (event === answered) return;
  answered = event;
  if (method === 'choose') return open();
  const test = key => method === 'save' ? host.on(key) : method === 'accept_all' && !hooks.locked(key);
  if (!site.p.some(test) || clickedIn(box, event)) decide(method, layer, test);
});

// What the glue gets. It adds `open`, which opens the preferences, and `on`, which tells how a switch in
// them stands, and finds `wanted` where somebody asked before it came.
const host = { site, box, answer, granted, layers, fill, receipt: receiptText, outcome: () => outcome };

export const load = guard(() => {
  if (script) return;
  script = doc.createElement('script');
  script.placet = host;
  script.nonce = me.nonce;
  script.src = trusted.createScriptURL(base + site.g);
  listen(script, 'error', () => script = 0);
  html.append(script);
});

export const open = guard(() => host.open ? host.open() : load(host.wanted = true));

listen(box, 'click', event => {
  const { value, name } = event.target.closest('[name]');
  answer(value, name, event);
});
