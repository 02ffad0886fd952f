// Shopify's Customer Privacy API. It keeps what it is told, so it is told a choice and its changes, and not
// the same again on every page.
import { doc, guard, hooks, listen, win } from '../api.js';
import { data } from '../data.js';

let states;

const tell = guard(() => win.Shopify.loadFeatures([{ name: 'consent-tracking-api', version: '0.1' }], guard(() => {
  const { customerPrivacy } = win.Shopify;
  const kept = customerPrivacy.currentVisitorConsent();
  if (Object.keys(states).some(type => kept[type] !== (states[type] ? 'yes' : 'no'))) customerPrivacy.setTrackingConsent(states, () => {});
})));

hooks.tell(data, true, false, (now, when) => {
  if (when === 'default') return;
  states = now;
  win.Shopify ? tell() : listen(doc, 'DOMContentLoaded', tell);
});
