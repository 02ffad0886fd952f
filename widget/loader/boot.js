// Starts the banner inside a page that may forbid any part of it. `__GLUE__;` becomes what
// wasm-bindgen wrote, which leaves one name: `wasm_bindgen`.
(function () {
  const script = document.currentScript;
  const host = script && script.placet;
  if (!host) return;
  delete script.placet;
  script.remove();
  try {
    __GLUE__;
    const { base, site } = host;
    const policy = fetch(base + 'v1/sites/' + site.s + '/policy?version=' + site.v + '&language=' + host.language());
    Promise.all([wasm_bindgen({ module_or_path: base + site.w }), policy.then(answer => answer.json())])
      .then(([, view]) => wasm_bindgen.start(host, view) || host.fail())
      .catch(host.fail);
  } catch (_) {
    host.fail();
  }
})();
