// Notes in `window.deviceReads` which of the page's scripts, Placet's left out, turns to the device's storage. Runs before
// anything else in every page; what it wraps is what any script, Placet's too, then finds.
(() => {
  const reads = [];
  Object.defineProperty(window, "deviceReads", { value: reads });
  const note = what => {
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 50;
    const by = new Error().stack.split("\n").slice(3);
    Error.stackTraceLimit = limit;
    const scripts = by.filter(line => /https?:/.test(line));
    if (scripts.length && !scripts.some(line => line.includes("/placet/"))) reads.push(what + scripts.slice(-1));
  };
  const wrap = (object, name) => {
    const { get, set, ...rest } = Object.getOwnPropertyDescriptor(object, name);
    Object.defineProperty(object, name, {
      ...rest,
      get() { note(name); return get.call(this); },
      set: set && function (value) { note(name); set.call(this, value); },
    });
  };
  wrap(Document.prototype, "cookie");
  for (const name of ["localStorage", "sessionStorage", "indexedDB", "caches"]) if (name in window) wrap(window, name);
})();
