// Has the browser run the site's service worker, and tells it what is chosen. Only where Placet is on the
// page's own origin: browsers take workers from nowhere else. Leaves a worker of the owner's alone.
import { base, cookies, guard, hooks, listen, site, trusted } from '../api.js';

const { serviceWorker } = navigator;
const address = base + 's/' + site.s + '/worker.js';

const tell = guard(() => {
  const [, state] = /(?:^|; )(?:__Host-)?placet=([^;]*)/.exec(cookies()) || [];
  serviceWorker.controller.postMessage({ placet: state || '' });
});

const { changed } = hooks;
hooks.changed = () => {
  changed();
  tell();
};

tell();
listen(serviceWorker, 'controllerchange', tell);
// Of a scope the browser keeps one worker: another one there is the owner's.
serviceWorker.getRegistration('/').then(found => {
  const { scriptURL } = found && (found.active || found.waiting || found.installing) || {};
  const others = found && new URL(found.scope).pathname === '/' && scriptURL !== address;
  return others || serviceWorker.register(trusted.createScriptURL(address), { scope: '/', updateViaCache: 'none' });
}).catch(() => {});
