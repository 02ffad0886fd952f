// Starts the banner inside a page that may forbid any part of it. Whatever fails here, the loader
// goes on without. The placeholder becomes what wasm-bindgen wrote, which leaves one name:
// `wasm_bindgen`.
(function () {
  const script = document.currentScript;
  const host = script && script.placet;
  if (!host) return;
  delete script.placet;
  script.remove();

  const { site, box } = host;
  const base = new URL('../', script.src);

  // The receipt, byte for byte as the server gave it, as a file of the visitor's own.
  host.download = () => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([host.receipt()], { type: 'application/json' }));
    link.download = 'placet-' + site.s + '.json';
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1e4);
  };

  // A country's name in the page's language; the code stays where the browser knows no names.
  const countries = dialog => {
    try {
      const names = new Intl.DisplayNames([dialog.parentElement.lang], { type: 'region' });
      for (const place of dialog.querySelectorAll('[data-placet-country]')) place.textContent = names.of(place.textContent);
    } catch (_) {}
  };

  try {
    __GLUE__;

    const stand = () => {
      wasm_bindgen.start(host, box.querySelector('.first .answers'), box.querySelector('.control'));
      let refresh;
      host.take(dialog => {
        if (!refresh) {
          countries(dialog);
          const switches = Array.from(dialog.querySelectorAll('.switch'));
          refresh = wasm_bindgen.preferences(host, dialog.querySelector('.answers'), dialog.querySelector('.receipt'), switches);
          dialog.dataset.placetReady = '';
        }
        refresh();
      });
      box.getRootNode().host.dataset.placetReady = '';
    };

    wasm_bindgen({ module_or_path: new URL(site.w, base) }).then(stand).catch(() => {});
  } catch (_) {}
})();
