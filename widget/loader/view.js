// What the visitor sees of us: the first layer and the reopen control, drawn by the server, in a
// shadow root that the page's styles cannot reach (SEC-10).
import { chosen, extent } from './choice.js';
import { doc, guard, html, listen, setTimeout, trusted, win } from './page.js';
import { site } from './site.js';

const root = doc.createElement('placet-root');
const shadow = root.attachShadow({ mode: 'open' });
export const box = doc.createElement('div');
export let language = site.l;

export const find = selector => box.querySelector(selector);

// The first layer stands before the page's body: first in reading and focus order, and there before
// anything is painted. Where a choice exists the control comes last.
export const mount = layer => {
  if (layer) language = layer.language;
  fill(box, layer ? layer.html : site.h, site.c);
  shadow.append(box);
  html.append(root);
  update();
  guard(() => new win.ResizeObserver(room).observe(find('section')))();
};

// Style sheets without inline styles, so that a strict policy has nothing to object to (SEC-03).
export const fill = (element, markup, css) => {
  element.innerHTML = trusted.createHTML(markup);
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    shadow.adoptedStyleSheets = [...shadow.adoptedStyleSheets, sheet];
  } catch (_) {
    const style = doc.createElement('style');
    style.textContent = css;
    shadow.append(style);
  }
};

export const update = () => {
  box.dataset.placetView = chosen() ? 'control' : 'first';
  box.dataset.placetState = extent();
};

// While the bar is there, the page can be scrolled clear of it (A11Y-01).
const room = guard(() => {
  const bar = find('section');
  const height = getComputedStyle(bar).position === 'fixed' ? bar.offsetHeight : 0;
  for (const name of ['scroll-padding-bottom', 'padding-bottom']) {
    if (height) html.style.setProperty(name, height + 'px', 'important');
    else html.style.removeProperty(name);
  }
});

// Said by a status region, not by moving the focus (A11Y-10); after the dialog around it has closed.
export const announce = what => setTimeout(guard(() => {
  const region = find('[role=status]');
  region.textContent = region.dataset[what];
}), 99);

// Opens a dialog. When a choice has taken its opener away, the focus goes to the reopen control.
export const modal = dialog => {
  dialog.onclose = guard(() => {
    if (doc.activeElement === doc.body) find('section+section button').focus();
  });
  if (dialog.showModal) dialog.showModal();
  else dialog.setAttribute('open', '');
};

export const dismiss = guard(() => find('dialog[open]').close());
