// Microsoft Advertising's Universal Event Tracking: its queue (MS-01, MS-02).
import { hooks, win } from '../api.js';
import { data } from '../data.js';

hooks.tell(data, 'granted', 'denied', (states, when) => (win.uetq = win.uetq || []).push('consent', when, states));
