/** Bundles the front end and copies third-party files into ../static. */

import { copyFile, mkdir, readdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, "..", "static");
const modules = join(here, "node_modules");

const common = { absWorkingDir: here, bundle: true, minify: true, target: "es2020", legalComments: "none", logLevel: "warning" };
const bundles = [
  { ...common, entryPoints: ["page.ts"], format: "iife", outfile: join(out, "il6.js") },
  { ...common, entryPoints: ["views/bundle.ts"], format: "iife", outfile: join(out, "views.js") },
  { ...common, entryPoints: ["widget.ts"], format: "esm", outfile: join(out, "widget.js") },
  { ...common, entryPoints: ["il6.css"], outfile: join(out, "il6.css") },
];

const copies = [
  ["plotly.js-basic-dist-min/plotly-basic.min.js", "plotly-basic.min.js"],
  ["katex/dist/katex.min.css", "katex/katex.min.css"],
  ["@popperjs/core/dist/umd/popper.min.js", "tippy/popper.min.js"],
  ["tippy.js/dist/tippy-bundle.umd.min.js", "tippy/tippy-bundle.umd.min.js"],
];

async function copyThirdParty() {
  for (const [from, to] of copies) {
    await mkdir(dirname(join(out, to)), { recursive: true });
    await copyFile(join(modules, from), join(out, to));
  }
  // Every browser that runs the rest reads woff2; the older formats would only add weight.
  const fonts = join(modules, "katex", "dist", "fonts");
  await mkdir(join(out, "katex", "fonts"), { recursive: true });
  for (const name of await readdir(fonts)) {
    if (name.endsWith(".woff2")) await copyFile(join(fonts, name), join(out, "katex", "fonts", name));
  }
}

if (process.argv.includes("--watch")) {
  await copyThirdParty();
  for (const bundle of bundles) await (await esbuild.context(bundle)).watch();
} else {
  await Promise.all(bundles.map((bundle) => esbuild.build(bundle)));
  await copyThirdParty();
}
