// Google Consent Mode: what Google's tags find first in `dataLayer`, whoever makes it and when (GCM-01).
import { guard, hooks, win } from '../api.js';
import { data } from '../data.js';

const { types, regions } = data;
const said = [];
let layer;

// Google reads `arguments` objects alone (GCM-04).
function gtag() {
  said.push(arguments);
  if (layer) layer.push(arguments);
}

hooks.tell(types, 'granted', 'denied', (states, when) => {
  const first = when === 'default';
  if (first) states.wait_for_update = 500;
  gtag('consent', when, states);
  if (first) regions.forEach(region => gtag('consent', when, region));
  gtag('set', 'ads_data_redaction', states.ad_storage === 'denied');
});

// A layer that is at work already takes what comes, whatever came before.
const take = guard(found => {
  if (found === layer) return;
  layer = found;
  layer.hasOwnProperty('push') ? layer.push(...said) : layer.unshift(...said);
});

take(win.dataLayer || []);
win.dataLayer = layer;
Object.defineProperty(win, 'dataLayer', { configurable: true, get: () => layer, set: take });
