// What libraries of fifteen years ago did to a page's natives, each in its own way: methods on Array that
// a `for in` meets, JSON that writes arrays as text, element methods that return something else, functions
// whose `bind` is not the browser's.
(() => {
  const each = Array.prototype.forEach;
  const add = (where, methods) => { for (const name in methods) where[name] = methods[name]; };
  add(Object.prototype, { toQueryString() { return ""; } });
  add(Array.prototype, {
    toJSON() { return "[" + this.join(", ") + "]"; },
    each(work) { each.call(this, work); return this; },
    includes(one) { return this.indexOf(one) !== -1; },
    find(work) { for (let at = 0; at < this.length; at++) if (work(this[at], at)) return this[at]; return null; },
    filter(work) { const found = []; for (let at = 0; at < this.length; at++) if (work(this[at], at)) found.push(this[at]); return found; },
    map(work) { const made = []; for (let at = 0; at < this.length; at++) made.push(work(this[at], at)); return made; },
    reverse(inline) { const turned = []; for (let at = this.length; at--;) turned.push(this[at]); return turned; },
    remove(one) { const at = this.indexOf(one); if (at !== -1) this.splice(at, 1); return this; },
  });
  Array.from = (given) => { const made = []; for (let at = 0; given && at < given.length; at++) made.push(given[at]); return made; };
  add(String.prototype, { toJSON() { return '"' + this + '"'; }, contains(part) { return this.indexOf(part) !== -1; }, startsWith(start) { return this.lastIndexOf(start, 0) === 0; } });
  add(Date.prototype, { toJSON() { return '"' + this.getTime() + '"'; } });
  Function.prototype.bind = function (owner, ...given) { const work = this; return function (...more) { return work.apply(owner, given.concat(more)); }; };
  add(Element.prototype, {
    remove() { if (this.parentNode) this.parentNode.removeChild(this); return this; },
    update(markup) { this.innerHTML = markup; return this; },
    visible() { return this.style.display !== "none"; },
    getElementsByClassName(name) { return Array.from(this.querySelectorAll("." + name)); },
  });
  document.getElementsByClassName = (name) => Array.from(document.querySelectorAll("." + name));
  window.$ = (id) => document.getElementById(id);
  window.Document = function () {};
  window.Event = function (event) { this.event = event; };
})();
