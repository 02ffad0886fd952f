// What a part may use of the core. The build makes each part (`parts/*.js`) one function that takes
// this list and the part's data: its imports from the core become places in the list, so that the
// names stay readable here and short in the page.
import { allows, granted, owner } from './choice.js';
import { decide } from './decide.js';
import { hooks, run, started, unpack, young } from './gate.js';
import { base, cookies, doc, guard, listen, me, setTimeout, trusted, win } from './page.js';
import { site } from './site.js';
import { box } from './view.js';

export const api = [
  allows, base, box, cookies, decide, doc, granted, guard, hooks, listen, me, owner, run, setTimeout, site, started, trusted, unpack, win,
  young,
];
