// placet.d.ts describes the page's interface: what the guide shows compiles, and a grant by script does not.
import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import test from 'node:test';
import ts from 'typescript';

const types = fileURLToPath(new URL('../placet.d.ts', import.meta.url));
const page = fileURLToPath(new URL('page.ts', import.meta.url));

const complaints = source => {
  const options = { strict: true, noEmit: true, target: ts.ScriptTarget.ES2020, lib: ['lib.es2020.d.ts', 'lib.dom.d.ts'], types: [] };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = name => name === page || fileExists(name);
  host.getSourceFile = (name, ...rest) =>
    name === page ? ts.createSourceFile(name, source, ts.ScriptTarget.ES2020) : getSourceFile(name, ...rest);
  const program = ts.createProgram([types, page], options, host);
  return ts.getPreEmitDiagnostics(program).map(one => ts.flattenDiagnosticMessageText(one.messageText, '\n'));
};

test('what docs/embed.md shows compiles', () => {
  assert.deepEqual(complaints(`
    window.placet = window.placet || [];
    window.placet.push(placet => {
      const off: () => void = placet.on('change', state => { const on: boolean = state.purposes.analytics; });
      off();
      placet.show();
      placet.withdraw();
      placet.withdraw(['media']);
      const { site, version, chosen, purposes, services } = placet.state();
      const format: 1 = placet.version;
    });
    document.addEventListener('placet:change', event => { const chosen: boolean = event.detail.chosen; });
  `), []);
});

for (const wrong of ['placet.accept()', 'placet.withdraw("media")', 'placet.state().purposes.analytics = "yes"', 'placet.version = 2']) {
  test(`${wrong} does not compile`, () => {
    assert.notDeepEqual(complaints(`window.placet = window.placet || []; window.placet.push(placet => { ${wrong}; });`), []);
  });
}
