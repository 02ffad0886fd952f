// Piwik PRO: its consent manager's own queue, as its container's snippet makes it. Before a choice it is told
// nothing: it would keep that in a cookie.
import { hooks, win } from '../api.js';
import { data } from '../data.js';

hooks.tell(data, { status: 1 }, { status: 0 }, (consents, when) => {
  if (when === 'default') return;
  const ppms = win.ppms = win.ppms || {};
  const cm = ppms.cm = ppms.cm || {};
  cm.api = cm.api || ((command, ...parameters) => (win.dataLayer = win.dataLayer || []).push({ event: 'ppms.cm:' + command, parameters }));
  cm.api('setComplianceSettings', { consents }, () => {});
});
