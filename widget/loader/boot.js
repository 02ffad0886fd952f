// Opens the preferences as the server drew them, and starts the banner in them, inside a page that may
// forbid any part of it. Whatever fails here, the loader goes on without. The placeholder becomes what
// wasm-bindgen wrote, which leaves one name: `wasm_bindgen`.
(function () {
  const script = document.currentScript;
  const host = script && script.placet;
  if (!host) return;
  delete script.placet;
  script.remove();

  const { site, box } = host;
  const base = new URL('../', script.src);
  const find = selector => box.querySelector(selector);

  let drawn;
  let wake;

  const draw = () => {
    drawn = drawn || host.layers(find('div').lang).then(({ preferences, css }) => {
      host.fill(find('div'), preferences, css);
      return find('dialog');
    });
    // The next one who asks tries again.
    drawn.catch(() => { drawn = 0; });
    return drawn;
  };

  // A switch that the browser's signal speaks of says so, and where the signal is not to be overruled, does
  // not turn.
  const speak = (input, id) => {
    const { signal } = site;
    if (!signal || !signal.purposes.includes(id.slice(7))) return;
    input.disabled = signal.locked;
    input.setAttribute('aria-describedby', id + '-about ' + id + '-signal');
  };

  // Opening what is open throws, and so changes nothing. When a choice has taken the dialog's opener away,
  // the focus goes to the reopen control, once the browser has found out that it has nowhere to go.
  const open = () => draw().then(dialog => {
    dialog.showModal();
    dialog.onclose = () => setTimeout(() => document.activeElement === document.body && find('.control button').focus(), 99);
    dialog.dataset.placetOutcome = host.outcome();
    for (const input of dialog.querySelectorAll('input')) {
      input.checked = host.granted(input.value);
      speak(input, 'placet-' + input.value.split('/')[0]);
    }
    if (wake) wake(dialog);
  }).catch(() => {});

  // A purpose's switch turns its services.
  box.addEventListener('change', ({ target }) => {
    for (const input of box.querySelectorAll('[value^="' + target.value + '/"]')) input.checked = target.checked;
  });

  host.open = open;
  host.on = key => find('[value="' + key + '"]:checked');
  host.wanted ? open() : draw();

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
      wasm_bindgen.start(host, find('.first .answers'), find('.control'));
      let refresh;
      wake = dialog => {
        if (!refresh) {
          countries(dialog);
          const switches = Array.from(dialog.querySelectorAll('.switch'));
          refresh = wasm_bindgen.preferences(host, dialog.querySelector('.answers'), dialog.querySelector('.receipt'), switches);
          dialog.dataset.placetReady = '';
        }
        refresh();
      };
      box.getRootNode().host.dataset.placetReady = '';
    };

    wasm_bindgen({ module_or_path: new URL(site.w, base) }).then(stand).catch(() => {});
  } catch (_) {}
})();
