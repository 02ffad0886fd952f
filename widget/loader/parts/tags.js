// What other consent tools' marks mean: reads their attributes in place of Placet's own, each name as the
// site file says. A name that it does not say is denied, and named once in the console for the owner.
import { allows, doc, guard, hooks, started, win } from '../api.js';
import { data } from '../data.js';

const { names, dress } = hooks;
const [given, marked, buttons] = data;
const rows = given.map(([attribute, separator, live, pairs, ...urls]) => [attribute, separator, live, new Map(pairs), urls]);
const runs = /^(module|(text|application)\/javascript)?$/i;

const keysOf = (known, name) => {
  if (!known.has(name)) {
    known.set(name, '?');
    console.info('placet: not in [tags]:', name);
  }
  return known.get(name);
};

// Scripts that ran before us run no second time.
for (const script of doc.scripts) runs.test(script.type) && started.add(script);

hooks.waiting += marked;
hooks.names = element => {
  const { dataset } = element;
  const keys = [];
  let held;
  for (const [attribute, separator, live, known, urls] of rows) {
    const value = element.getAttribute(attribute);
    const listed = attribute === 'class' ? (/optanon-category-(\S+)/.exec(value) || [])[1] : value;
    if (!listed) continue;
    held = held || live && doc.readyState === 'loading';
    for (const name of listed.split(separator)) keys.push(keysOf(known, name.trim()));
    for (const url of urls) if (element.hasAttribute(url)) dataset.src = element.getAttribute(url);
  }
  const wanted = keys.filter(Boolean).join();
  if (!wanted) return names(element);
  const { localName, type: now } = element;
  // A link that waits has the type of a script that does, where it is marked for Klaro.
  if (localName === 'link' && now === 'text/plain') element.type = '';
  // Some tools' scripts keep their type: what the parser is about to run can still be kept from it.
  if (localName === 'script' && !started.has(element) && (runs.test(now) ? held : /^(opt-in|plain.t|didomi.j)/.test(now))) {
    if (now === 'module') dataset.type = now;
    element.type = 'text/plain';
  }
  const { src, type } = dataset;
  const category = wanted.replace(/\/[^,]*/g, '');
  const ways = (wanted.match(/\/[^,]*/g) || ['/']).map(service => ({ category, service: service.slice(1), src, type }));
  return ways.find(way => !allows(way)) || ways[0];
};

// What stands in an embed's place until it is allowed.
hooks.dress = (element, allowed) => {
  if (element.dataset.type === 'placeholder') element.hidden = allowed;
  dress(element, allowed);
};

// Every button of theirs opens the preferences, whatever it did: a choice is made there.
doc.addEventListener('click', guard(event => {
  if (event.target.closest(buttons)) {
    event.preventDefault();
    event.stopImmediatePropagation();
    win.placet.show();
  }
}), true);
