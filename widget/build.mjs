// Builds the loader's template, its parts, and wraps the banner's glue. Called by `cargo xtask build`:
//   node widget/build.mjs loader OUT
//   node widget/build.mjs parts OUT_FOLDER
//   node widget/build.mjs boot GLUE_IN OUT
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
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

const small = async code => (await minify(code, options)).code.replace(/;?\s*$/, '');

const bundled = async given => {
  const { outputFiles } = await build({ bundle: true, write: false, target: 'es2017', charset: 'utf8', ...given });
  return outputFiles[0].text;
};

const loader = async out => {
  const code = await small(await bundled({ entryPoints: [here('loader/loader.js')], format: 'iife', banner: { js: 'try {' }, footer: { js: '} catch (_) {}' } }));
  if (code.split('__PLACET__').length !== 2) throw new Error('the loader must name __PLACET__ exactly once');
  await writeFile(out, code);
};

// A part is one function of the core's list and of its own data, as `loader/api.js` says.
const part = async (file, names) => {
  const core = names.map((name, at) => `export const ${name} = __API__[${at}];`).join('\n');
  const fromList = {
    name: 'from-list',
    setup(bundle) {
      bundle.onResolve({ filter: /\/(api|data)\.js$/ }, ({ path }) => ({ path: basename(path), namespace: 'core' }));
      bundle.onLoad({ filter: /./, namespace: 'core' }, ({ path }) =>
        ({ contents: path === 'api.js' ? core : 'export const data = __DATA__;' }));
    },
  };
  const code = await bundled({ entryPoints: [file], format: 'esm', plugins: [fromList] });
  const { code: whole } = await minify(`__PART__ = (__API__, __DATA__) => {\n${code}\n}`, options);
  if (!whole.startsWith('__PART__=')) throw new Error(`${file} did not become one function`);
  return whole.replace(/^__PART__=/, '').replace(/;?\s*$/, '');
};

const parts = async out => {
  const list = /export const api = \[([^\]]*)\]/.exec(await readFile(here('loader/api.js'), 'utf8'));
  const names = list[1].match(/\w+/g);
  await mkdir(out, { recursive: true });
  for (const name of await readdir(here('loader/parts'))) {
    if (name.endsWith('.js')) await writeFile(join(out, name), await part(here('loader/parts/' + name), names));
  }
};

const boot = async (glue, out) => {
  const parts = (await readFile(here('loader/boot.js'), 'utf8')).split('__GLUE__;');
  if (parts.length !== 2) throw new Error('loader/boot.js must hold __GLUE__; exactly once');
  await writeFile(out, await small(parts.join(await readFile(glue, 'utf8'))));
};

const [task, ...paths] = process.argv.slice(2);
const tasks = { loader, parts, boot };
if (!tasks[task] || paths.length !== tasks[task].length) {
  console.error('usage: node widget/build.mjs loader OUT | parts OUT_FOLDER | boot GLUE_IN OUT');
  process.exit(2);
}
await tasks[task](...paths);
