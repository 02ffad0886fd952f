// Sends each choice as a record until the server has taken it or refuses it for good. In order: a
// withdrawal must never be overtaken by the grant before it.
import { adopt, chosen, write } from './choice.js';
import { base, fetch, guard, listen, setTimeout, win } from './page.js';
import { site } from './site.js';
import { announce } from './view.js';

const key = 'placet-outbox';
let queue = [];
let busy;
let tries = 0;
let receipt;

// What the visitor has in hand: 0 nothing was chosen here, 1 nothing is kept, 2 under way, 3 a receipt.
export let outcome = 0;

// The choice and what waits are stored only after it could not be sent, and never when it is a plain refusal.
const store = guard(() => {
  const kept = queue.filter(([, keep]) => keep);
  if (kept[0]) localStorage[key] = [chosen, ...kept.map(([body]) => body)].join('\n');
  else delete localStorage[key];
});

const flush = async () => {
  if (busy || !queue[0]) return;
  busy = true;
  const choice = chosen;
  let wait;
  try {
    const answer = await fetch(base + site.r, {
      method: 'POST', keepalive: true, headers: { 'content-type': 'application/json' }, body: queue[0][0],
    });
    if (/408|429|5../.test(answer.status)) throw 0;
    receipt = answer.ok && await answer.text();
    if (outcome > 1) outcome = receipt ? 3 : 0;
    queue.shift();
    // The answer's own cookie may be that of an older choice.
    if (chosen !== choice) write();
    tries = 0;
  } catch (_) {
    announce('pending');
    wait = 1e3 << (tries++ & 7);
  }
  busy = false;
  store();
  setTimeout(flush, wait);
};

export const send = (body, keep) => {
  outcome = keep ? 2 : 1;
  queue.push([body, keep]);
  flush();
};

// What an earlier page could not send, and its last choice: a late answer to an older one may have set
// the cookie since. Read only where a choice exists: before it, nothing is read.
export const resume = guard(() => {
  const [choice, ...bodies] = localStorage[key].split('\n');
  if (adopt(choice)) write();
  queue = bodies.map(body => [body, true]);
  flush();
});

export const receiptText = () => receipt;

listen(win, 'online', flush);
listen(win, 'pagehide', () => queue[0] && store());
