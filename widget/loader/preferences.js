// Answers every click until the banner does, fetches the preferences as the server drew them, and
// fetches the banner. Nothing here waits for the banner: it may never come.
import { purposeOn, serviceOn } from './choice.js';
import { decide } from './decide.js';
import { outcome, receiptText } from './outbox.js';
import { base, doc, fetch, guard, html, listen, me, trusted } from './page.js';
import { site } from './site.js';
import { box, fill, find, language, modal } from './view.js';

let banner;
let asked;
let drawn;
let answered;

export const layers = tag => fetch(base + 's/' + site.s + '/layers?language=' + tag).then(answer => answer.json());

const has = list => id => list.indexOf(id) >= 0;

// One event, one answer: a click reaches the banner's own listener first and then ours.
const answer = guard((action, layer, event, purposes, services) => {
  if (event === answered) return;
  answered = event;
  if (action === 'choose') open();
  else if (action === 'save') decide(action, layer, event, has(purposes), has(services));
  else decide(action.replace('-', '_'), layer, event);
});

// What the banner's glue gets. A grant still needs the click itself: `decide` looks at it.
const host = {
  base, site, box, answer,
  purpose: purposeOn,
  service: serviceOn,
  language: () => language,
  receipt: receiptText,
  // The banner stands: it is called with the preferences before they open.
  take: opens => banner = guard(opens),
};

// Everything that comes after the first layer.
export const load = guard(() => {
  if (asked) return;
  asked = true;
  const script = doc.createElement('script');
  script.placet = host;
  script.nonce = me.nonce;
  script.setAttribute('fetchpriority', 'low');
  script.src = trusted.createScriptURL(base + site.g);
  html.append(script);
  draw();
});

const draw = () => drawn = drawn || layers(language).then(({ preferences, css }) => {
  const place = find('div').cloneNode();
  fill(place, preferences, css);
  box.append(place);
  return place.firstElementChild;
}).catch(() => drawn = null);

export const open = guard(() => {
  load();
  draw().then(guard(dialog => {
    if (dialog.open) return;
    dialog.dataset.placetOutcome = outcome();
    for (const input of dialog.querySelectorAll('input')) {
      const { placetPurpose, placetService } = input.dataset;
      input.checked = placetPurpose ? purposeOn(placetPurpose) : serviceOn(placetService);
    }
    if (banner) banner(dialog);
    modal(dialog);
  }));
});

export const handle = () => {
  listen(box, 'click', event => {
    const button = event.target.closest('[data-placet-action]');
    if (!button) return;
    const dialog = button.closest('dialog');
    const { placetAction } = button.dataset;
    const on = kind => Array.from(dialog.querySelectorAll('input:checked'), input => input.dataset[kind]);
    if (placetAction === 'close') dialog.close();
    else if (dialog) answer(placetAction, 'preferences', event, on('placetPurpose'), on('placetService'));
    else answer(placetAction, button.closest('.first') ? 'first' : 'control', event);
  });
  // A purpose's switch turns its services.
  listen(box, 'change', ({ target }) => {
    if (target.dataset.placetPurpose) {
      for (const input of target.closest('section').querySelectorAll('input')) input.checked = target.checked;
    }
  });
};
