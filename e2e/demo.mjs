// Puts the demo page and the browser files of its three analytics packages into one folder, and
// nothing else: `node e2e/demo.mjs OUT`, then `placet serve --demo OUT`.
import { copyFileSync, existsSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const files = {
  "index.html": join(here, "..", "index.html"),
  "posthog.js": join(here, "node_modules/posthog-js/dist/array.no-external.js"),
  "snowplow.js": join(here, "node_modules/@snowplow/browser-tracker/dist/index.umd.min.js"),
  "plausible.js": join(here, "node_modules/@plausible-analytics/tracker/plausible.js"),
};

const out = process.argv[2];
if (!out) {
  console.error("usage: node e2e/demo.mjs OUT");
  process.exit(2);
}
const missing = Object.values(files).filter((file) => !existsSync(file));
if (missing.length) {
  console.error(`missing: ${missing.join(", ")}\nrun \`npm ci\` in e2e/ first`);
  process.exit(1);
}
mkdirSync(out, { recursive: true });
for (const [name, from] of Object.entries(files)) copyFileSync(from, join(out, name));
