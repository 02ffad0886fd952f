// What the page's own scripts can do beside asking and opening: listen, and take back. Never give.
import { decide, doc, granted, guard, owner, site, win } from '../api.js';

Object.assign(win.placet, {
  on: (type, work) => {
    const given = ['placet:' + type, guard(event => work(event.detail))];
    doc.addEventListener(...given);
    return () => doc.removeEventListener(...given);
  },
  withdraw: guard(only => {
    const stays = key => granted(key) && only && !only.includes(owner(key));
    if (site.p.some(key => granted(key) && !stays(key))) decide('withdraw', 'page', stays);
  }),
});
