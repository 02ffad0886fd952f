// Any tag manager that reads `dataLayer`: an event with each purpose's state, for its own triggers.
import { hooks, win } from '../api.js';
import { data } from '../data.js';

hooks.tell(data, true, false, (purposes, when) => when === 'default' || (win.dataLayer = win.dataLayer || []).push({ event: 'placet_consent', purposes }));
