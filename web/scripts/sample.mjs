// Writes pages with sample data, to look at: npm run sample [-- FOLDER]
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { runnerImport } from "vite";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const { module } = await runnerImport(join(root, "src/sample/sample.ts"), { root, configFile: false, logLevel: "error" });
const page = readFileSync(join(root, "dist/report.html"), "utf8");
const folder = process.argv[2] ? resolve(process.argv[2]) : mkdtempSync(join(tmpdir(), "clade-sample-"));
mkdirSync(folder, { recursive: true });

const hostile = "</script><script>alert(1)</script><img src=x onerror=alert(1)>";
const normal = module.sample();
const pages = {
  normal,
  running: module.sample({ progress: 0.4 }),
  empty: module.sampleEmpty(),
  one: module.sample({ population: 1, controls: 0 }),
  two: module.sample({ population: 2, controls: 0, segments: 12 }),
  loss: module.sample({ mode: "min", seed: 3, failures: 0.05 }),
  many: module.sample({ population: 200, controls: 4, segments: 60 }),
  thousand: module.sample({ population: 1000, controls: 4, segments: 100 }),
  hostile: {
    ...normal,
    experiment: { ...normal.experiment, name: hostile, settings: hostile, metric: "<b>accuracy</b>", ended: hostile },
    parameters: normal.parameters.map((p) => (p.name === "lr" ? { ...p, name: hostile } : p)),
    segments: normal.segments.map((s) => ({ ...s, values: { ...s.values, [hostile]: s.values.lr } })),
    decisions: normal.decisions.map((d) => ({ ...d, rule: d.rule + " <i>", because: { [hostile]: hostile } })),
  },
  unfilled: null,
};
for (const [name, data] of Object.entries(pages)) {
  const json = data && JSON.stringify(data).replaceAll("<", "\\u003c");
  const file = join(folder, `${name}.html`);
  writeFileSync(file, json ? page.replace("/*CLADE_DATA*/", () => json) : page);
  console.log(`${file}  ${json ? `${data.members.length} members, ${data.segments.length} segments, ${(json.length / 1e6).toFixed(2)} MB of data` : "no data"}`);
}
