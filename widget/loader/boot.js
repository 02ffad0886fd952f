// Starts the banner inside a page that may forbid any part of it. The placeholder becomes what
// wasm-bindgen wrote, which leaves one name: `wasm_bindgen`.
(function () {
  const script = document.currentScript;
  const host = script && script.placet;
  if (!host) return;
  delete script.placet;
  script.remove();

  const { base, site, box } = host;

  host.style = css => host.fill(null, '', css);

  // A country's name in the page's language; the code stays where the browser knows no names.
  const { take } = host;
  host.take = draw => take(place => {
    draw(place);
    try {
      const names = new Intl.DisplayNames([host.language()], { type: 'region' });
      for (const country of place.querySelectorAll('[data-placet-country]')) country.textContent = names.of(country.textContent);
    } catch (_) {}
  });

  // The receipt, byte for byte as the server gave it, as a file of the visitor's own.
  host.download = () => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([host.receipt()], { type: 'application/json' }));
    link.download = 'placet-' + site.s + '.json';
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1e4);
  };

  try {
    __GLUE__;
    const policy = fetch(base + 'v1/sites/' + site.s + '/policy?version=' + site.v + '&language=' + host.language());
    Promise.all([wasm_bindgen({ module_or_path: base + site.w }), policy.then(answer => answer.json())])
      .then(([, view]) => {
        if (wasm_bindgen.start(host, view)) box.getRootNode().host.dataset.placetReady = '';
        else host.fail();
      })
      .catch(host.fail);
  } catch (_) {
    host.fail();
  }
})();
