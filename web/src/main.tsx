import { render } from "preact";
import { watchTheme } from "./charts/theme";
import { parseReport } from "./model/data";
import { App } from "./views/App";
import "./page.css";

const host = document.getElementById("page")!;
watchTheme();
try {
  const data = parseReport(document.getElementById("data")?.textContent ?? "");
  document.title = `${data.experiment.name} · Clade report`;
  host.replaceChildren();
  render(<App data={data} />, host);
} catch (e) {
  host.replaceChildren();
  render(<main class="trouble"><h1>Clade report</h1><p>{(e as Error).message}</p></main>, host);
}
