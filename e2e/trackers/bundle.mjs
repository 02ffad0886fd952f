// Makes scripts of the tracker packages that are published as modules only, as a site's own bundler
// would: `node e2e/trackers/bundle.mjs OUT`. All others are served as they are published.
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = fileURLToPath(new URL(".", import.meta.url));
const out = process.argv[2];
if (!out) {
  console.error("usage: node e2e/trackers/bundle.mjs OUT");
  process.exit(2);
}
const entries = {
  "matomo-tracker": `import Tracker from "@datapunt/matomo-tracker-js"; window.MatomoTracker = Tracker;`,
  sentry: `import * as Sentry from "@sentry/browser"; window.Sentry = Sentry;`,
};
for (const [name, contents] of Object.entries(entries)) {
  const stdin = { contents, resolveDir: here };
  await build({ stdin, bundle: true, minify: true, format: "iife", outfile: join(out, `${name}.js`), logLevel: "warning" });
}
