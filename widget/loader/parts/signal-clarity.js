// Microsoft Clarity: its own consent, apart from Microsoft Advertising's (MS-03). Told "denied" it forgets
// its visitor, so on a page with an earlier choice it hears of that one alone.
import { hooks, win } from '../api.js';
import { data } from '../data.js';

hooks.tell(data, 'granted', 'denied', (states, when, stale) => {
  win.clarity = win.clarity || function () { (win.clarity.q = win.clarity.q || []).push(arguments); };
  stale || win.clarity('consentv2', states);
});
