import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin } from "vite";

/** The page that is built: each is one file with one script. */
const PAGE = process.env["CLADE_PAGE"] ?? "report";

/** Where the Java side puts the JSON. It must stand in the built file exactly once. */
const PLACEHOLDER = "/*CLADE_DATA*/";

/**
 * Puts the one script and the one style sheet into the page, each under its SHA-256 in the content security policy.
 * The policy covers what runs; the data element is not executed, so no hash depends on the data.
 */
function onePage(): Plugin {
  return {
    name: "one-page",
    enforce: "post",
    generateBundle(_options, bundle) {
      let page: string | undefined;
      let script = "";
      let style = "";
      for (const [name, file] of Object.entries(bundle)) {
        if (file.type === "chunk") {
          if (script) throw new Error("more than one script: the page holds one");
          script = file.code.trim();
        } else if (name.endsWith(".css")) {
          style += String(file.source).trim();
        } else if (name.endsWith(".html")) {
          page = String(file.source);
        } else {
          throw new Error(`unexpected output ${name}: nothing may be fetched`);
        }
        delete bundle[name];
      }
      if (page === undefined || !script || !style) throw new Error("page, script or style is missing");
      script = script.replaceAll("</script", "<\\/script").replaceAll("<!--", "<\\!--");
      if (style.includes("</style")) throw new Error("a style sheet closes its own element");
      const policy = [
        "default-src 'none'",
        `script-src '${digest(script)}'`,
        `style-src '${digest(style)}'`,
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
      ].join("; ");
      const html = page
        .replace(/\s*<script type="module"[^>]*><\/script>/g, "")
        .replace(/\s*<link rel="stylesheet"[^>]*>/g, "")
        .replace("<!--POLICY-->", () => `<meta http-equiv="Content-Security-Policy" content="${policy}">`)
        .replace("<!--LICENCES-->", licences)
        .replace("<!--STYLE-->", () => `<style>${style}</style>`)
        .replace("<!--SCRIPT-->", () => `<script>${script}</script>`);
      if (html.split(PLACEHOLDER).length !== 2) throw new Error(`${PLACEHOLDER} must stand in the page exactly once`);
      this.emitFile({ type: "asset", fileName: `${PAGE}.html`, source: html });
    },
  };
}

/** Whose work the page holds beside ours: their licences ask to be told. */
const OTHERS = ["preact", "uplot"];

function licences(): string {
  const texts = OTHERS.map((name) => {
    const text = readFileSync(fileURLToPath(new URL(`node_modules/${name}/LICENSE`, import.meta.url)), "utf8");
    if (text.includes("--")) throw new Error(`the licence of ${name} cannot stand in a comment`);
    return `${name}: ${text.replaceAll("\r\n", "\n").trim()}`;
  });
  return `<!--\nClade: Apache License 2.0. This page holds\n\n${texts.join("\n\n")}\n-->`;
}

function digest(text: string): string {
  return `sha256-${createHash("sha256").update(text, "utf8").digest("base64")}`;
}

export default defineConfig({
  root: "src",
  base: "./",
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  plugins: [onePage()],
  build: {
    outDir: "../dist",
    emptyOutDir: false,
    target: "es2022",
    modulePreload: false,
    assetsInlineLimit: 0,
    cssCodeSplit: false,
    reportCompressedSize: false,
    rollupOptions: {
      input: `src/${PAGE}.html`,
      output: { format: "iife", entryFileNames: "page.js", assetFileNames: "page[extname]" },
    },
  },
  test: { include: ["**/*.test.ts"] },
} as Parameters<typeof defineConfig>[0]);
