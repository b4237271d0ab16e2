// Builds the pages and fails where one that is committed is another: npm run verify
import { readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { buildPages, PAGES } from "./build.mjs";

const dist = resolve(dirname(fileURLToPath(import.meta.url)), "../dist");
const read = (page) => {
  try {
    return readFileSync(join(dist, `${page}.html`));
  } catch {
    return Buffer.alloc(0);
  }
};
const before = PAGES.map(read);
await buildPages();
let other = false;
PAGES.forEach((page, i) => {
  const after = read(page);
  if (before[i].equals(after)) {
    console.log(`web/dist/${page}.html is what its sources give, ${after.length} bytes`);
    return;
  }
  let at = 0;
  while (before[i][at] === after[at]) at++;
  console.error(`web/dist/${page}.html is not what its sources give: byte ${at} differs, ${before[i].length} bytes, now ${after.length}.`);
  other = true;
});
if (other) {
  console.error("It has been built anew: look at it in a browser, and commit it.");
  process.exit(1);
}
