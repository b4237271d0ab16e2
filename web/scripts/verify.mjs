// Builds the page and fails where the one that is committed is another: npm run verify
import { readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const page = join(root, "dist/report.html");
const read = () => {
  try {
    return readFileSync(page);
  } catch {
    return Buffer.alloc(0);
  }
};
const before = read();
process.chdir(root);
await build({ configFile: join(root, "vite.config.ts"), logLevel: "warn" });
const after = read();
if (!before.equals(after)) {
  let at = 0;
  while (before[at] === after[at]) at++;
  console.error(`web/dist/report.html is not what its sources give: byte ${at} differs, ${before.length} bytes, now ${after.length}.`);
  console.error("It has been built anew: look at it in a browser, and commit it.");
  process.exit(1);
}
console.log(`web/dist/report.html is what its sources give, ${after.length} bytes`);
