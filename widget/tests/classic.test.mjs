// What browsers without modules, and pages that forbid eval, can still run (SEC-04): the loader is a
// classic script of ES2017 without import() and without code made from text; so is the glue's own part.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import vm from 'node:vm';
import { transform } from 'esbuild';

const build = fileURLToPath(new URL('../build.mjs', import.meta.url));

const made = (task, ...inputs) => {
  const folder = mkdtempSync(join(tmpdir(), 'placet-'));
  try {
    const out = join(folder, 'out.js');
    const files = inputs.map((text, at) => {
      const file = join(folder, at + '.js');
      writeFileSync(file, text);
      return file;
    });
    execFileSync(process.execPath, [build, task, ...files, out]);
    return readFileSync(out, 'utf8');
  } finally {
    rmSync(folder, { recursive: true });
  }
};

const scripts = {
  'the loader': () => made('loader'),
  'the glue around what wasm-bindgen writes': () => made('boot', 'let wasm_bindgen = () => Promise.resolve();'),
};

for (const [name, script] of Object.entries(scripts)) {
  test(`${name} is a classic script of ES2017`, async () => {
    const code = script();
    assert.ok(new vm.Script(code));
    const as = async target => (await transform(code, { target })).code;
    assert.equal(await as('es2017'), await as('esnext'), 'esbuild had to lower something');
  });

  test(`sec_04: ${name} neither imports nor makes code from text`, () => {
    for (const forbidden of [/\bimport\s*\(/, /\beval\s*\(/, /\bnew Function\b/, /javascript:/i, /setAttribute\(\s*["']style/]) {
      assert.doesNotMatch(script(), forbidden);
    }
  });
}
