// The one way in which a choice is made, whoever asks for it.
import { adopt, choose, chosen, exceptions, granted, picture, purposes, read } from './choice.js';
import { hooks, run } from './gate.js';
import { send } from './outbox.js';
import { doc, guard, listen, win } from './page.js';
import { site } from './site.js';
import { announce, find, update } from './view.js';

let tabs;

// `test` says what is granted from now on. The gate opens in the task of the click.
export const decide = (method, layer, test) => {
  const before = site.p.some(granted);
  choose(test);
  const decision = {
    // A version 4 UUID: every 0 is drawn.
    record: '00000000-0000-4000-a000-000000000000'.replace(/0/g, () => (crypto.getRandomValues(new Uint8Array(1))[0] & 15).toString(16)),
    layer,
    method,
    policy: site.v,
    language: find('div').lang,
    banner: site.b,
    granted: purposes.filter(granted),
    services_granted: exceptions(true),
    services_refused: exceptions(false),
    signal: hooks.signal,
  };
  send(JSON.stringify(decision, (name, value) => (decision[name] || '').map ? decision[name] : value), before || site.p.some(granted));
  announce(method);
  changed();
  tabs.postMessage(chosen);
};

export const changed = () => {
  update();
  hooks.changed();
  run();
  doc.dispatchEvent(new CustomEvent('placet:change', { detail: picture() }));
};

// What was chosen in another tab, or while this page lay in the back/forward cache (CK-13): where no
// channel may be open.
export const follow = guard(() => {
  tabs = new BroadcastChannel('placet');
  listen(tabs, 'message', ({ data }) => adopt(data) && changed());
});

listen(win, 'pagehide', () => tabs.close());
listen(win, 'pageshow', event => {
  if (event.persisted) {
    follow();
    read() && changed();
  }
});
