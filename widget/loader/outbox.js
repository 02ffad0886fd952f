// Sends each choice as a record until the server has taken it or refuses it for good. In order: a
// withdrawal must never be overtaken by the grant before it.
import { write } from './choice.js';
import { base, fetch, guard, listen, setTimeout, win } from './page.js';
import { site } from './site.js';
import { announce } from './view.js';

const key = 'placet-outbox';
let queue = [];
let busy;
let tries = 0;
let receipt = '';
let kept;

// What waits is stored only after it could not be sent, and never when it is a plain refusal.
const store = guard(() => {
  const kept = queue.filter(one => one.keep).map(one => one.body).join('\n');
  if (kept) win.localStorage.setItem(key, kept);
  else win.localStorage.removeItem(key);
});

const flush = () => {
  if (busy || !queue.length) return;
  busy = true;
  fetch(base + 'v1/sites/' + site.s + '/consents', {
    method: 'POST', keepalive: true, credentials: 'same-origin', headers: { 'content-type': 'application/json' }, body: queue[0].body,
  })
    .then(answer => {
      const { status } = answer;
      if (status === 408 || status === 429 || status > 499) throw 0;
      return answer.ok ? answer.text() : '';
    })
    .then(text => {
      receipt = text;
      tries = 0;
      queue.shift();
      store();
      // The answer's own cookie is that of an older choice.
      if (queue.length) write();
      busy = false;
      flush();
    })
    .catch(() => {
      store();
      busy = false;
      setTimeout(flush, 1e3 * 2 ** Math.min(tries++, 8));
      announce('pending');
    });
};

export const send = (body, keep) => {
  receipt = '';
  kept = keep;
  queue.push({ body, keep });
  flush();
};

// What an earlier page could not send. Read only where a choice exists: before it, nothing is read.
export const resume = guard(() => {
  const known = queue.map(one => one.body);
  const found = (win.localStorage.getItem(key) || '').split('\n').filter(body => body && known.indexOf(body) < 0);
  queue = found.map(body => ({ body, keep: true })).concat(queue);
  flush();
});

export const receiptText = () => receipt;

// What the visitor has in hand: 0 nothing was chosen here, 1 nothing is kept, 2 under way, 3 a receipt.
export const outcome = () => kept === undefined ? 0 : !kept ? 1 : queue.length ? 2 : receipt ? 3 : 0;

listen(win, 'online', flush);
listen(win, 'pagehide', () => queue.length && store());
