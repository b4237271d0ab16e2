import { render } from "preact";
import { watchTheme } from "../charts/theme";
import { parseComparison } from "./data";
import { Page } from "./Page";
import "../page.css";
import "./compare.css";

const host = document.getElementById("page")!;
watchTheme();
try {
  const data = parseComparison(document.getElementById("data")?.textContent ?? "");
  document.title = `${data.name} · Clade comparison`;
  host.replaceChildren();
  render(<Page data={data} />, host);
} catch (e) {
  host.replaceChildren();
  render(<main class="trouble"><h1>Clade comparison</h1><p>{(e as Error).message}</p></main>, host);
}
