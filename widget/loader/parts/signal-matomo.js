// Matomo: consent to be tracked, or to have cookies only. It hears of a refusal only after a grant: for that
// it writes a cookie of its own.
import { hooks, win } from '../api.js';
import { data } from '../data.js';

const { types, kind } = data;
let given;

hooks.tell(types, 1, 0, ({ consent }, when) => {
  const tell = what => (win._paq = win._paq || []).push([what]);
  if (when === 'default') consent || tell('require' + kind + 'Consent');
  else if (consent || given) tell((consent ? 'set' : 'forget') + kind + 'ConsentGiven');
  given = consent;
});
