// Reads a Mermaid drawing with Mermaid's own parser, and elements with Cytoscape's headless graph; prints what they hold.
// Usage: node tests/consumers.mjs FOLDER-WITH-node_modules DRAWING.mmd ELEMENTS.json    Needs mermaid, jsdom, cytoscape (npm).
import fs from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const [folder, drawing, elements] = process.argv.slice(2);
const require = createRequire(pathToFileURL(`${folder}/`));
const load = async (name) => (await import(pathToFileURL(require.resolve(name)))).default;

const { JSDOM } = require("jsdom");
const dom = new JSDOM("<body></body>");
globalThis.window = dom.window;
for (const name of ["document", "HTMLElement", "SVGElement", "Element", "Node", "DOMParser", "DocumentFragment"]) {
  globalThis[name] = dom.window[name];
}
const mermaid = await load("mermaid");
mermaid.initialize({ startOnLoad: false, maxTextSize: 1e9, maxEdges: 1e6 });
const parsed = await mermaid.mermaidAPI.getDiagramFromText(fs.readFileSync(drawing, "utf8"));
const vertices = [...parsed.db.getVertices().values()];

const cytoscape = await load("cytoscape");
const graph = cytoscape({ headless: true, ...JSON.parse(fs.readFileSync(elements, "utf8")) });
console.log(JSON.stringify({
  mermaid: { names: vertices.map((it) => it.text.replace(/ﬂ°°(\d+)¶ß/g, (_, code) => String.fromCodePoint(code))), edges: parsed.db.getEdges().length },
  cytoscape: {
    names: Object.fromEntries(graph.nodes().map((it) => [it.id(), [it.data("name_ja") ?? null, it.data("name_en") ?? null]])),
    edges: graph.edges().length,
  },
}));
