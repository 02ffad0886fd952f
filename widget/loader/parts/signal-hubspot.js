// HubSpot: the state of its own consent, and no banner of its own beside ours.
import { hooks, win } from '../api.js';
import { data } from '../data.js';

win.disableHubSpotCookieBanner = true;
hooks.tell(data, true, false, (states, when, stale) => stale || (win._hsp = win._hsp || []).push(['setHubSpotConsent', states]));
