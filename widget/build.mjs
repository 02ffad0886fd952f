// Builds the loader's template and wraps the banner's glue. Called by `cargo xtask build`:
//   node widget/build.mjs loader OUT
//   node widget/build.mjs boot GLUE_IN OUT
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { minify } from 'terser';

const here = name => fileURLToPath(new URL(name, import.meta.url));

const options = {
  ecma: 2017,
  toplevel: true,
  compress: { passes: 2, unsafe_arrows: true, pure_getters: true, hoist_props: false },
  format: { comments: false, quote_style: 1 },
};

const small = async code => (await minify(code, options)).code.replace(/;?\s*$/, '\n');

const loader = async out => {
  const bundled = await build({
    entryPoints: [here('loader/loader.js')], bundle: true, write: false, format: 'iife', target: 'es2017', charset: 'utf8',
  });
  const code = await small(bundled.outputFiles[0].text);
  if (code.split('__PLACET__').length !== 2) throw new Error('the loader must name __PLACET__ exactly once');
  await writeFile(out, code);
};

const boot = async (glue, out) => {
  const parts = (await readFile(here('loader/boot.js'), 'utf8')).split('__GLUE__;');
  if (parts.length !== 2) throw new Error('loader/boot.js must hold __GLUE__; exactly once');
  await writeFile(out, await small(parts.join(await readFile(glue, 'utf8'))));
};

const [task, ...paths] = process.argv.slice(2);
const tasks = { loader, boot };
if (!tasks[task] || paths.length !== tasks[task].length) {
  console.error('usage: node widget/build.mjs loader OUT | boot GLUE_IN OUT');
  process.exit(2);
}
await tasks[task](...paths);
