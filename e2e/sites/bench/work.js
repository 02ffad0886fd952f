// A busy page: 1,000 elements, and 5,000 changes a second of the kinds that frameworks make: nodes put in,
// moved and taken out, texts, attributes, a little markup. All of it is laid out and drawn. `work(ticks)`
// makes 50 changes every 10 ms and says when it is done.
const list = document.querySelector('main');
for (let at = 0; at < 1000; at++) {
  const row = document.createElement('p');
  row.className = 'row';
  row.textContent = 'Row ' + at;
  list.append(row);
}

const change = at => {
  const rows = list.children;
  const row = rows[(at * 7919) % rows.length];
  switch (at % 10) {
    case 0: case 1: {
      const added = document.createElement('p');
      added.className = 'row';
      added.append(document.createElement('b'), 'Added ' + at);
      list.insertBefore(added, row);
      return;
    }
    case 2: case 3: return row.remove();
    case 4: case 5: row.textContent = 'Changed ' + at; return;
    case 6: row.setAttribute('data-at', at); return;
    case 7: row.className = at % 3 ? 'row' : 'row odd'; return;
    case 8: row.innerHTML = '<b>Bold</b> <i>' + at + '</i>'; return;
    default: list.append(row);
  }
};

window.work = ticks => new Promise(done => {
  let at = 0;
  const timer = setInterval(() => {
    for (let step = 0; step < 50; step++) change(at++);
    if (at >= ticks * 50) {
      clearInterval(timer);
      done(at);
    }
  }, 10);
});
