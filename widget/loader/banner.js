// Opens the preferences: the banner's, or plain HTML where the banner cannot run. Until the banner
// has taken over, every click is handled here; after that, none.
import { chosen, extent, purposeOn, serviceOn } from './choice.js';
import { decide } from './decide.js';
import { outcome, receiptText } from './outbox.js';
import { base, doc, fetch, guard, html, listen, me, trusted } from './page.js';
import { site } from './site.js';
import { box, fill, find, language, modal } from './view.js';

let banner;
let asked;
let wanted;
let broken;
let plain;

// What the banner's glue gets. A grant still needs the click itself: `decide` looks at it.
const host = {
  base, site, box, fill, modal,
  language: () => language,
  purpose: purposeOn,
  service: serviceOn,
  act: guard((method, layer, event) => decide(method, layer, event)),
  save: guard((purposes, services, event) =>
    decide('save', 'preferences', event, id => purposes.indexOf(id) >= 0, id => services.indexOf(id) >= 0)),
  outcome,
  receipt: receiptText,
  // The banner stands: it opens the preferences and handles every click from now on.
  take: opens => {
    if (!plain) {
      banner = opens;
      if (wanted) opens();
    }
    return !plain;
  },
  fail: () => {
    broken = true;
    if (wanted && !plain) showPlain();
  },
};

export const open = guard(() => {
  if (banner) banner();
  else if (broken) showPlain();
  else {
    wanted = true;
    load();
  }
});

export const load = guard(() => {
  if (asked) return;
  asked = true;
  const script = doc.createElement('script');
  script.placet = host;
  script.nonce = me.nonce;
  script.async = true;
  script.setAttribute('fetchpriority', 'low');
  script.src = trusted.createScriptURL(base + site.g);
  listen(script, 'error', host.fail);
  html.append(script);
});

export const layer = tag => fetch(base + 's/' + site.s + '/layers?language=' + tag).then(answer => answer.json());

const showPlain = () => {
  const show = () => {
    for (const input of plain.querySelectorAll('input')) {
      const { placetPurpose, placetService } = input.dataset;
      input.checked = placetPurpose ? purposeOn(placetPurpose) : serviceOn(placetService);
    }
    modal(plain.querySelector('dialog'));
  };
  if (plain) return show();
  layer(language).then(({ preferences, css }) => {
    plain = doc.createElement('div');
    fill(plain, preferences, css);
    box.append(plain);
    show();
  }).catch(() => {});
};

const on = kind => Array.from(plain.querySelectorAll('input:checked'), input => input.dataset[kind]);

export const handle = () => {
  listen(box, 'click', event => {
    const button = event.target.closest('[data-placet-action]');
    if (banner || !button) return;
    const action = button.dataset.placetAction;
    const dialog = button.closest('dialog');
    if (action === 'choose') return open();
    if (action === 'save') host.save(on('placetPurpose'), on('placetService'), event);
    else if (action !== 'close') host.act(action.replace('-', '_'), dialog ? 'preferences' : action === 'withdraw' ? 'control' : 'first', event);
    if (dialog) dialog.close();
  });
  listen(box, 'change', ({ target }) => {
    if (banner || !target.dataset.placetPurpose) return;
    for (const input of target.closest('section').querySelectorAll('input')) input.checked = target.checked;
  });
};
