// Builds everything the browser loads into ../static/build: a style sheet for those who
// work here and a small one for families, our modules, the design systems' scripts, the
// fonts. No bundler: the modules are few.
import { cpSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { compile } from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, "../../../..");
const packages = join(root, "node_modules");
const target = resolve(here, "../static/build");
// Made beside its place and then moved there, so that a running server never sees half.
const out = `${target}.new`;

const SCRIPTS = ["latin", "latin-ext", "cyrillic", "cyrillic-ext"];
const WEIGHTS = [400, 600, 700];
const PAPER = { Regular: "400Regular", Italic: "400Regular_Italic", SemiBold: "600SemiBold", Bold: "700Bold" };

function styles(name) {
  const { css } = compile(join(here, `scss/${name}.scss`), {
    loadPaths: [root],
    quietDeps: true,
    style: "compressed",
  });
  writeFileSync(join(out, `${name}.css`), css);
  return css.length;
}

function scripts() {
  for (const name of readdirSync(join(here, "js"))) {
    cpSync(join(here, "js", name), join(out, name));
  }
  const moj = join(packages, "@ministryofjustice/frontend/moj");
  for (const file of [
    join(packages, "govuk-frontend/dist/govuk/govuk-frontend.min.js"),
    join(moj, "moj-frontend.min.js"),
  ]) {
    // The maps stay behind, so the lines that point to them go too.
    const text = readFileSync(file, "utf8").replace(/\n?\/\/# sourceMappingURL=.*$/m, "");
    writeFileSync(join(out, basename(file)), text);
  }
  cpSync(join(moj, "assets/images/icon-document.svg"), join(out, "images/icon-document.svg"));
}

function fonts() {
  mkdirSync(join(out, "fonts"), { recursive: true });
  const web = join(packages, "@fontsource/noto-sans/files");
  for (const script of SCRIPTS) {
    for (const weight of WEIGHTS) {
      const name = `noto-sans-${script}-${weight}-normal.woff2`;
      cpSync(join(web, name), join(out, "fonts", name));
    }
  }
  const paper = join(packages, "@expo-google-fonts/noto-sans");
  for (const [style, folder] of Object.entries(PAPER)) {
    cpSync(join(paper, folder, `NotoSans_${folder}.ttf`), join(out, "fonts", `NotoSans-${style}.ttf`));
  }
}

rmSync(out, { recursive: true, force: true });
mkdirSync(join(out, "images"), { recursive: true });
const size = styles("darbaza") + styles("family");
scripts();
fonts();
rmSync(target, { recursive: true, force: true });
renameSync(out, target);
console.log(`front end built: ${Math.round(size / 1024)} KB of styles`);
