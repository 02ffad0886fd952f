// Meta's pixel. Its snippet does nothing where there is an `fbq` already, so we wait for its own, and put
// the visitor's state before what the snippet asks for.
import { guard, hooks, win } from '../api.js';
import { data } from '../data.js';

let { fbq } = win;
let said;

hooks.tell(data, 'grant', 'revoke', ({ consent }, when, stale) => {
  said = consent;
  if (fbq && !stale) fbq('consent', said);
});

const first = guard(() => {
  fbq('consent', said);
  fbq.callMethod || fbq.queue.unshift(fbq.queue.pop());
});

fbq || Object.defineProperty(win, 'fbq', {
  configurable: true,
  get: () => fbq,
  set: found => {
    fbq = found;
    Promise.resolve().then(first);
  },
});
