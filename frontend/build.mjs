// Builds static/exchange from css/, js/ and icons/. Deterministic: the same sources give the same bytes, so
// the continuous check can build again and compare.
//
//   the files of css/ that SHEETS lists for it                  -> <name>.css; site.css is on every page, the others
//                                                                  where a template names them with {% styles %}
//   js/*.js, each with what it imports                          -> <name>.js (ES modules)
//   icons/icons.json (our name: Codex name) and icons/*.svg     -> icons.svg (sprite), icons.json (names)
//   icons/files/*                                               -> copied

import { transform, build } from "esbuild";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const out = process.env.OUT ?? join(here, "static", "exchange"); // OUT: where a trial build goes
const codex = join(here, "node_modules", "@wikimedia");
// A style wins by its layer first: what stands in css/pages/ over css/parts/, that over css/base.css, however many
// classes a selector has. Within a layer the selector decides, then the order here.
const LAYERS = ["tokens", "base", "parts", "pages", "print"];
const SHEETS = {
  site: [
    "tokens",
    "base",
    ...["spacing", "frame", "marks", "buttons", "notices", "cards", "forms", "layouts"].map((name) => `parts/${name}`),
    "pages/search",
    "print",
  ],
  article: ["parts/article", "parts/panels"],
  fields: ["parts/fields"],
  front: ["pages/front"],
  lesson: ["pages/lesson"],
  recording: ["pages/recording"],
  learning: ["pages/learning"],
  people: ["pages/people", "pages/directory"],
  mentoring: ["pages/mentoring", "pages/programmes"],
  board: ["parts/fields", "parts/panels", "pages/mentoring", "pages/board"],
};
const DIRECTIONAL = new Set(["list"]); // drawn from left to right though Codex gives one drawing

const text = (...parts) => readFileSync(join(here, ...parts), "utf8");
const names = (folder, ending) =>
  readdirSync(join(here, folder))
    .filter((name) => name.endsWith(ending))
    .sort();
const emit = (name, content) => writeFileSync(join(out, name), content);

/** Codex tokens of one file as a map from name to value. */
function tokens(file) {
  const css = readFileSync(join(codex, "codex-design-tokens", "dist", file), "utf8").replace(/\/\*[^]*?\*\//g, "");
  return new Map([...css.matchAll(/--([\w-]+):\s*([^;]+);/g)].map(([, name, value]) => [name, value.trim()]));
}

/**
 * Replaces var(--codex-token) by its value, so that no page carries the hundreds of tokens it does not use.
 * A token that differs in the dark becomes light-dark(). Our own tokens (defined in css/) stay variables.
 */
function tokenWriter(ours) {
  const light = tokens("theme-wikimedia-ui.css");
  const dark = tokens("theme-wikimedia-ui-mode-dark.css");
  const named = (css) => [...css.matchAll(/--([\w-]+)\s*:/g)].map(([, name]) => name);
  const everywhere = named(ours);
  const unknown = new Set();
  let own;
  const write = (source) =>
    source.replace(/var\(\s*--([\w-]+)\s*\)/g, (whole, name) => {
      if (own.has(name)) return whole;
      if (!light.has(name)) {
        unknown.add(name);
        return whole;
      }
      const value = write(light.get(name));
      const night = dark.has(name) ? write(dark.get(name)) : value;
      return value === night ? value : `light-dark(${value}, ${night})`;
    });
  return (css) => {
    own = new Set([...everywhere, ...named(css)]);
    const result = write(css);
    if (unknown.size) throw new Error(`Unknown tokens: ${[...unknown].sort().join(", ")}`);
    return result;
  };
}

/** The breakpoints: what tokens.css gives a name with @custom-media, as a map from name to condition. */
function breakpoints() {
  const named = text("css", "tokens.css").matchAll(/@custom-media --([\w-]+) ([^;]+);/g);
  return new Map([...named].map(([, name, condition]) => [name, condition]));
}

/** Replaces `(--phone)` in @media by the condition of that breakpoint. */
function withBreakpoints(css) {
  const known = breakpoints();
  return css.replace(/@custom-media[^;]+;/g, "").replace(/@media[^{]+/g, (query) =>
    query.replace(/\(--([\w-]+)\)/g, (whole, name) => {
      if (!known.has(name)) throw new Error(`Unknown breakpoint: --${name}`);
      return known.get(name);
    }),
  );
}

async function styles() {
  const withTokens = tokenWriter(text("css", "tokens.css"));
  const order = `@layer ${LAYERS.join(", ")};`;
  for (const [name, files] of Object.entries(SHEETS)) {
    const layers = LAYERS.map((layer) => [layer, files.filter((file) => file.split("/")[0] === layer)]);
    const css = layers
      .filter(([, own]) => own.length)
      .map(([layer, own]) => `@layer ${layer} {${own.map((file) => text("css", `${file}.css`)).join("\n")}}`)
      .join("\n");
    const whole = withBreakpoints(withTokens(name === "site" ? order + css : css));
    emit(`${name}.css`, (await transform(whole, { loader: "css", minify: true, charset: "utf8" })).code);
  }
  const placed = new Set(Object.values(SHEETS).flat());
  const sources = ["", "parts", "pages"].flatMap((folder) =>
    names(join("css", folder), ".css").map((file) => join(folder, file.slice(0, -4))),
  );
  const lost = sources.filter((file) => !placed.has(file));
  if (lost.length) throw new Error(`In no sheet: ${lost.join(", ")}`);
}

async function scripts() {
  // Scripts know the breakpoints, too: matchMedia(BREAKPOINTS.wide).
  const define = [...breakpoints()].map(([name, condition]) => [
    `BREAKPOINTS.${name.replace(/-(\w)/g, (_, letter) => letter.toUpperCase())}`,
    JSON.stringify(condition),
  ]);
  await build({
    define: Object.fromEntries(define),
    entryPoints: names("js", ".js").map((name) => join(here, "js", name)),
    outdir: out,
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    charset: "utf8",
    legalComments: "none",
  });
}

function icons() {
  const library = createRequire(import.meta.url)("@wikimedia/codex-icons/dist/codex-icons.json");
  const chosen = JSON.parse(text("icons", "icons.json"));
  const drawings = new Map();
  for (const [name, source] of Object.entries(chosen)) {
    const icon = library[`cdxIcon${source}`];
    if (!icon) throw new Error(`Codex has no icon ${source}`);
    const path = typeof icon === "string" ? icon : (icon.ltr ?? icon.default);
    drawings.set(name, { box: "0 0 20 20", path, flip: Boolean(icon.shouldFlip) || DIRECTIONAL.has(name) });
  }
  for (const file of names("icons", ".svg")) {
    const [, box, path] = text("icons", file).match(/viewBox="([^"]+)">([^]*)<\/svg>/);
    drawings.set(file.slice(0, -4), { box, path, flip: false });
  }
  const sorted = [...drawings].sort(([a], [b]) => (a < b ? -1 : 1));
  const symbols = sorted.map(([name, { box, path }]) => `<symbol id="${name}" viewBox="${box}">${path}</symbol>`);
  emit("icons.svg", `<svg xmlns="http://www.w3.org/2000/svg">\n${symbols.join("\n")}\n</svg>\n`);
  const flips = Object.fromEntries(sorted.map(([name, { flip }]) => [name, { flip }]));
  emit("icons.json", `${JSON.stringify(flips, null, 1)}\n`);
  for (const file of readdirSync(join(here, "icons", "files")).sort()) emit(file, text("icons", "files", file));
}

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
icons();
await styles();
await scripts();
for (const name of readdirSync(out).sort()) {
  console.log(`${name.padEnd(16)} ${String(readFileSync(join(out, name)).length).padStart(6)} bytes`);
}
