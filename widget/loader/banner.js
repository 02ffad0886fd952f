// Opens the preferences: the banner's, or plain HTML where the banner cannot run. Clicks are handled
// here until the banner has taken over, and never again after that.
import { purposeOn, serviceOn } from './choice.js';
import { decide } from './decide.js';
import { outcome, receiptText } from './outbox.js';
import { base, doc, fetch, guard, html, listen, me, trusted } from './page.js';
import { site } from './site.js';
import { box, fill, find, language, modal } from './view.js';

let place;
let draw;
let asked;
let wanted;
let broken;

// What the banner's glue gets. A grant still needs the click itself: `decide` looks at it.
const host = {
  base, site, box, fill, outcome,
  language: () => language,
  purpose: purposeOn,
  service: serviceOn,
  receipt: receiptText,
  act: guard((method, layer, event) => decide(method, layer, event)),
  save: guard((purposes, services, event) =>
    decide('save', 'preferences', event, id => purposes.indexOf(id) >= 0, id => services.indexOf(id) >= 0)),
  // The banner stands, unless the plain preferences were faster.
  take: draws => {
    if (place && !draw) return false;
    draw = draws;
    if (wanted) host.open();
    return true;
  },
  fail: () => {
    broken = true;
    if (wanted) host.open();
  },
  open: guard(() => {
    if (draw || broken) show();
    else {
      wanted = true;
      load();
    }
  }),
};

export const { open } = host;

export const load = guard(() => {
  if (asked) return;
  asked = true;
  const script = doc.createElement('script');
  script.placet = host;
  script.nonce = me.nonce;
  script.setAttribute('fetchpriority', 'low');
  script.src = trusted.createScriptURL(base + site.g);
  listen(script, 'error', host.fail);
  html.append(script);
});

export const layers = tag => fetch(base + 's/' + site.s + '/layers?language=' + tag).then(answer => answer.json());

const show = () => {
  if (find('dialog[open]')) return;
  const fresh = !place;
  if (fresh) {
    place = find('div').cloneNode();
    box.append(place);
  }
  if (draw) {
    draw(place);
    modal(place.firstElementChild);
  } else if (fresh) {
    layers(language).then(({ preferences, css }) => {
      fill(place, preferences, css);
      showPlain();
    }).catch(() => place = place.remove());
  } else showPlain();
};

const showPlain = () => {
  for (const input of place.querySelectorAll('input')) {
    const { placetPurpose, placetService } = input.dataset;
    input.checked = placetPurpose ? purposeOn(placetPurpose) : serviceOn(placetService);
  }
  modal(place.firstElementChild);
};

const on = kind => Array.from(place.querySelectorAll('input:checked'), input => input.dataset[kind]);

export const handle = () => {
  listen(box, 'click', event => {
    const button = event.target.closest('[data-placet-action]');
    if (!button) return;
    const action = button.dataset.placetAction;
    const dialog = button.closest('dialog');
    if (action === 'close') dialog.close();
    else if (draw) return;
    else if (action === 'choose') open();
    else if (action === 'save') host.save(on('placetPurpose'), on('placetService'), event);
    else host.act(action.replace('-', '_'), dialog ? 'preferences' : action === 'withdraw' ? 'control' : 'first', event);
  });
  listen(box, 'change', ({ target }) => {
    if (draw || !target.dataset.placetPurpose) return;
    for (const input of target.closest('section').querySelectorAll('input')) input.checked = target.checked;
  });
};
