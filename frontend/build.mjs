// Builds static/exchange from css/, js/ and icons/. Deterministic: the same sources give the same bytes, so
// the continuous check can build again and compare.
//
//   css/*.css in the order of COMMON                            -> site.css, on every page
//   what OWN lists                                              -> <name>.css, on pages of that kind (shell.py, {% styles %})
//   css/rooms/<room>.css                                        -> where OWN names it, else in site.css
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
const COMMON = ["tokens", "base", "shell", "parts", "cards", "forms", "layouts"];
const OWN = {
  article: ["article", "panels"],
  fields: ["fields"],
  front: ["front"],
  lesson: ["lesson"],
  recording: ["recording"],
  learning: ["rooms/learning"],
  people: ["people", "rooms/directory"],
  mentoring: ["rooms/mentoring", "mentoring"],
  board: ["panels", "rooms/mentoring", "board"],
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

async function styles() {
  const common = [...COMMON, "print"].map((name) => text("css", `${name}.css`));
  const rooms = names("css/rooms", ".css").map((name) => `rooms/${name.slice(0, -4)}`);
  const taken = Object.values(OWN).flat();
  common.splice(-1, 0, ...rooms.filter((room) => !taken.includes(room)).map((room) => text("css", `${room}.css`)));
  const write = async (name, css) =>
    emit(name, (await transform(css, { loader: "css", minify: true, charset: "utf8" })).code);
  const replaced = tokenWriter(text("css", "tokens.css"));
  await write("site.css", replaced(common.join("\n")));
  for (const [name, parts] of Object.entries(OWN)) {
    const there = parts.filter((part) => !part.startsWith("rooms/") || rooms.includes(part));
    await write(`${name}.css`, replaced(there.map((part) => text("css", `${part}.css`)).join("\n")));
  }
}

async function scripts() {
  await build({
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
