// Elements that are neither scripts nor templates: an embed, an image, a video, a link. They wait for
// their attributes: `data-src` becomes `src` when the visitor allows it, and is taken away again when
// that is withdrawn.
import { guard, hooks, trusted } from '../api.js';

hooks.waiting += ',[data-category],[data-service]';

const given = /^data-(src|srcset|href|poster|data|style|class|on\w+)$/;
const dressed = new WeakSet();

const put = (element, name, value) =>
  element.setAttribute(name, trusted[/^on/.test(name) ? 'createScript' : 'createScriptURL'](value));

// What stands right inside a video or a picture follows it. Taken out and put back, an embed loses its
// content and leaves nothing for the back button.
hooks.dress = guard((element, allowed) => {
  if (dressed.has(element) === allowed || element.localName === 'script') return;
  dressed[allowed ? 'add' : 'delete'](element);
  for (const one of [element, ...element.querySelectorAll(':scope>source,:scope>track,:scope>img')]) {
    for (const { name, value } of [...one.attributes]) {
      const [, real] = given.exec(name) || '';
      if (real === 'class') value.split(' ').forEach(name => one.classList.toggle(name, allowed));
      else if (real) allowed ? put(one, real, value) : one.removeAttribute(real);
    }
  }
  if (element.load) element.load();
  if (element.getSVGDocument && !allowed) element.replaceWith(element);
});
