// Tells other tools what the visitor allows, in each tool's own words (`signal-*.js`): first that nothing is
// allowed, then each choice, an earlier one at once. Knows no tool.
import { granted, guard, hooks, site, win } from '../api.js';

// `types` names what must be granted for each type of consent; 0 is never, an empty list always. `send` gets
// each type's state, what it is about, and whether another one follows at once.
hooks.tell = (types, yes, no, send) => {
  const { changed } = hooks;
  const { chosen } = win.placet.state();
  const say = guard((test, when, stale) => {
    const states = {};
    Object.keys(types).forEach(type => states[type] = types[type] && types[type].every(test) ? yes : no);
    send(states, when, stale);
  });
  const update = () => say(granted, 'update');
  hooks.changed = () => {
    changed();
    update();
  };
  say(key => site.q.includes(key), 'default', chosen);
  if (chosen) update();
};
