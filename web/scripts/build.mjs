// Builds the pages: npm run build. Each is a build of its own, since each holds one script.
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");

export const PAGES = ["report", "compare"];

export async function buildPages() {
  process.chdir(root);
  for (const page of PAGES) {
    process.env.CLADE_PAGE = page;
    await build({ configFile: join(root, "vite.config.ts"), logLevel: "warn" });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildPages();
