// The one way in which a choice is made, whoever asks for it.
import { adopt, choose, chosen, extent, lists, ownerOf, purposeOn, read, serviceOn, state } from './choice.js';
import { run } from './gate.js';
import { send } from './outbox.js';
import { doc, guard, listen, clickedIn, win } from './page.js';
import { site } from './site.js';
import { announce, box, dismiss, language, update } from './view.js';

let tabs;

// A grant needs a person's click inside our own markup (CON-02); a refusal counts however it is made.
export const decide = (method, layer, event, purpose = () => method === 'accept_all', service = purpose) => {
  const before = extent();
  const grants = site.p.some(([id, waits, its]) => waits && (purpose(id) || its.some(service)));
  if (grants && layer !== 'page' && !clickedIn(box, event)) return;
  choose(purpose, service);
  send(body(method, layer), grants || before !== 'none');
  dismiss();
  announce(method);
  changed();
  if (tabs) tabs.postMessage(chosen());
};

// By the page's own script: takes back, never gives.
export const withdraw = only => {
  const gone = id => !only || only.indexOf(id) >= 0;
  const purpose = id => purposeOn(id) && !gone(id);
  const service = id => serviceOn(id) && !gone(ownerOf(id));
  if (site.p.some(([id, waits, its]) => waits && gone(id) && (purposeOn(id) || its.some(serviceOn)))) decide('withdraw', 'page', null, purpose, service);
};

const body = (method, layer) => {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = bytes[6] & 15 | 64;
  bytes[8] = bytes[8] & 63 | 128;
  const hex = Array.from(bytes, byte => (byte + 256).toString(16).slice(1)).join('');
  const record = hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  return JSON.stringify(Object.assign({ record, policy: site.v, language, layer, method, banner: site.b }, lists()));
};

// The gate opens in the task of the click.
export const changed = () => {
  update();
  run();
  doc.dispatchEvent(new CustomEvent('placet:change', { detail: state() }));
};

// What was chosen in another tab, or while this page lay in the back/forward cache (CK-13).
export const follow = guard(() => {
  listen(win, 'pageshow', event => event.persisted && read() && changed());
  tabs = new BroadcastChannel('placet');
  listen(tabs, 'message', ({ data }) => adopt(data) && changed());
});
