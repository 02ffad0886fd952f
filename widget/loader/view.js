// What the visitor sees of us: the first layer and the reopen control, drawn by the server, in a
// shadow root that the page's styles cannot reach (SEC-10).
import { chosen, extent } from './choice.js';
import { doc, guard, html, setTimeout, trusted } from './page.js';
import { site } from './site.js';

const root = doc.createElement('placet-root');
const shadow = root.attachShadow({ mode: 'open' });
export const box = doc.createElement('div');

export const find = selector => box.querySelector(selector);

// Before the page's body: first in reading and focus order, and there before anything is painted.
export const mount = layer => {
  fill(box, layer.html, site.c);
  shadow.append(box);
  html.append(root);
  update();
  new ResizeObserver(room).observe(find('section'));
};

// Style sheets without inline styles, so that a strict policy has nothing to object to (SEC-03), where
// the browser knows them. `css` is all there is to be.
export const fill = (element, markup, css) => {
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    shadow.adoptedStyleSheets = [sheet];
  } catch (_) {
    markup += '<style>' + css;
  }
  element.append(...new DOMParser().parseFromString(trusted.createHTML(markup), 'text/html').body.children);
};

export const update = () => {
  box.dataset.placetView = chosen ? 'control' : 'first';
  box.dataset.placetState = extent();
};

// While the bar is there, the page can be scrolled clear of it (A11Y-01). On a screen as low as 400
// pixels the style sheet lets it stand in the page's flow, where it covers nothing.
const room = guard(() => {
  const bar = find('section');
  const height = innerHeight > 400 && bar.offsetHeight;
  html.style.paddingBottom = html.style.scrollPaddingBottom = height ? height + 'px' : '';
});

// Said by a status region, not by moving the focus (A11Y-10); after the dialog around it has closed.
export const announce = what => setTimeout(guard(() => {
  const region = find('[role]');
  region.textContent = region.dataset[what];
}), 99);
