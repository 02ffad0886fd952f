// Answers every click until the banner does, fetches the preferences as the server drew them, and
// fetches the banner. Nothing here waits for the banner: it may never come.
import { granted } from './choice.js';
import { decide } from './decide.js';
import { outcome, receiptText } from './outbox.js';
import { base, clickedIn, doc, fetch, guard, html, listen, me, setTimeout, trusted } from './page.js';
import { site } from './site.js';
import { box, fill, find } from './view.js';

let banner;
let drawn;
let answered;

export const layers = tag => fetch(base + site.y + tag).then(answer => answer.json());

// One event, one answer: a click reaches the banner's own listener first and then ours. What is saved
// is what the switches show (UI-08). A grant needs a person's click inside our own markup (CON-02); a refusal
// counts however it is made.
const answer = guard((method, layer, event) => {
  if (event === answered) return;
  answered = event;
  if (method === 'choose') return open();
  const test = key => method === 'save' ? find('[value="' + key + '"]:checked') : method === 'accept_all';
  if (!site.p.some(test) || clickedIn(box, event)) decide(method, layer, test);
});

// What the banner's glue gets.
const host = {
  site, box, answer, granted,
  receipt: receiptText,
  // The banner stands: it is called with the preferences once they are open.
  take: opens => banner = opens,
};

// Everything that comes after the first layer: the banner, and the preferences.
export const load = guard(() => drawn = drawn || (fetchBanner(), layers(find('div').lang)).then(({ preferences, css }) => {
  fill(find('div'), preferences, css);
}).catch(() => drawn = 0));

const fetchBanner = () => {
  const script = doc.createElement('script');
  script.placet = host;
  script.nonce = me.nonce;
  script.src = trusted.createScriptURL(base + site.g);
  html.append(script);
};

// Opening what is open throws, and so changes nothing; so does calling the banner before it stands.
// When a choice has taken the dialog's opener away, the focus goes to the reopen control, once the
// browser has found out that it has nowhere to go.
export const open = guard(() => load().then(guard(() => {
  const dialog = find('dialog');
  dialog.showModal();
  dialog.onclose = () => setTimeout(() => doc.activeElement === doc.body && find('.control button').focus(), 99);
  dialog.dataset.placetOutcome = outcome;
  for (const input of dialog.querySelectorAll('input')) input.checked = granted(input.value);
  banner(dialog);
})));

export const handle = () => {
  listen(box, 'click', event => {
    const button = event.target.closest('[name]');
    answer(button.value, button.name, event);
  });
  // A purpose's switch turns its services.
  listen(box, 'change', ({ target }) => {
    for (const input of box.querySelectorAll('[value^="' + target.value + '/"]')) input.checked = target.checked;
  });
};
