// What other consent tools' marks mean: reads their attributes in place of Placet's own, each name as the
// site file says. A name that it does not say is denied, and named once in the console for the owner.
import { allows, doc, guard, hooks, started, win } from '../api.js';
import { data } from '../data.js';

const { names, dress } = hooks;
const [given, buttons] = data;
const rows = given.map(([attribute, separator, pairs, ...urls]) => [attribute, separator, new Map(pairs), urls]);
const runs = /^(module|(text|application)\/javascript)?$/i;
const unknown = new Set();

const keysOf = (known, name) => {
  if (known.has(name)) return known.get(name);
  if (!unknown.has(name)) console.info('placet: [tags] does not say what this is:', name);
  unknown.add(name);
  return '?';
};

// Scripts that ran before us run no second time.
for (const script of doc.scripts) runs.test(script.type) && started.add(script);

// A script that the parser is about to run can still be kept from it.
const inert = ({ localName, dataset, type }) => localName === 'script' && (runs.test(type) ? doc.readyState === 'loading' : /^(opt-in$|plain.t|didomi.j)/.test(type));

hooks.waiting += rows.map(([attribute]) => attribute === 'class' ? ',[class*=optanon-category-]' : ',[' + attribute + ']').join('');
hooks.names = element => {
  const { dataset } = element;
  const keys = [];
  for (const [attribute, separator, known, urls] of rows) {
    const value = element.getAttribute(attribute);
    const listed = attribute === 'class' ? (/optanon-category-(\S+)/.exec(value) || [])[1] : value;
    if (!listed) continue;
    for (const name of listed.split(separator)) keys.push(keysOf(known, name.trim()));
    for (const url of urls) if (element.hasAttribute(url)) dataset.src = element.getAttribute(url);
  }
  const wanted = keys.filter(Boolean).join();
  if (!wanted) return names(element);
  if (!started.has(element)) {
    if (inert(element)) {
      if (element.type === 'module') dataset.type = 'module';
      element.type = 'text/plain';
    }
    // As a link that waits is written for one of the tools.
    if (element.localName === 'link' && element.type === 'text/plain') element.type = '';
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
