// Stands in for tarteaucitron where a page asks it for services: keeps each wish until the visitor allows
// the service, and makes the embeds of which it knows how. Brings none of its service recipes.
import { allows, doc, guard, hooks, setTimeout, trusted, win } from '../api.js';
import { data } from '../data.js';

const { names, changed } = hooks;
const [pairs, embeds] = data;
const known = new Map(pairs);
const wishes = new Set();
const made = new WeakSet();
const options = ['rel', 'controls', 'autoplay', 'mute', 'start', 'end', 'loop'];
const { services } = win.tarteaucitron = Object.assign({
  services: {},
  user: {},
  init() {},
  addScript(src, id, done) {
    const script = doc.createElement('script');
    if (id) script.id = id;
    if (done) script.onload = done;
    script.src = trusted.createScriptURL(src);
    doc.head.append(script);
  },
  fallback(classes, content) {
    for (const name of classes) {
      for (const element of doc.querySelectorAll('.' + name)) {
        element.innerHTML = trusted.createHTML(typeof content === 'function' ? content(element) : content);
      }
    }
  },
}, win.tarteaucitron);

const every = (keys, test) => keys.split(',').every(key => test(...key.split('/')));

const grant = guard(() => {
  for (const name of wishes) {
    const service = services[name];
    if (service && service.js && every(known.get(name) || '?', (category, id) => allows({ category, service: id }))) {
      wishes.delete(name);
      setTimeout(() => service.js());
    }
  }
});

const job = win.tarteaucitron.job || [];
job.push = guard(name => {
  if (!known.get(name) || !services[name] && !embeds.some(([, keys]) => keys === known.get(name))) {
    console.info('placet: tarteaucitron brought the tag itself, mark it:', name);
  }
  wishes.add(name);
  grant();
});
win.tarteaucitron.job = job;
job.forEach(name => job.push(name));

// An embed inside, which waits as one that the page had marked.
const embed = (element, keys, address, attribute) => {
  const said = name => element.getAttribute('data-' + name) || element.getAttribute(name) || '';
  const which = said(attribute);
  if (!which || made.has(element)) return;
  made.add(element);
  const frame = doc.createElement('iframe');
  const query = options.filter(said).map(name => name + '=' + encodeURIComponent(said(name))).join('&');
  frame.title = said('title');
  frame.allowFullscreen = said('allowfullscreen') !== '0';
  for (const name of ['width', 'height']) if (said(name)) frame.setAttribute(name, said(name));
  frame.dataset.category = keys.replace(/\/[^,]*/g, '');
  frame.dataset.service = (/\/([^,]*)/.exec(keys) || [])[1] || '';
  frame.dataset.src = address ? address + encodeURIComponent(which) + (query && '?' + query) : which;
  element.append(frame);
};

if (embeds[0]) hooks.waiting += embeds.map(([name]) => ',.' + name).join('');
hooks.names = element => {
  for (const [name, ...rest] of embeds) if (element.classList.contains(name)) embed(element, ...rest);
  return names(element);
};

hooks.changed = () => {
  changed();
  grant();
};
