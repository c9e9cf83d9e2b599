// Opens the page of the shipped atlas, and one of hostile names, from disk in headless Chromium, as people do.
// Usage: node tests/page.mjs FOLDER-WITH-node_modules MEDCLUST    Needs puppeteer-core and axe-core (npm), Chromium.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [modules, program] = process.argv.slice(2);
const require = createRequire(pathToFileURL(`${modules}/`));
const puppeteer = (await import(pathToFileURL(require.resolve("puppeteer-core")))).default;
const axe = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "page-"));
const pageOf = (name, ...data) => {
  const file = path.join(folder, name);
  execFileSync(program, [...data, "page", "-o", file, "--lang", "ja"], { stdio: "ignore" });
  return pathToFileURL(file).href;
};
const browser = await puppeteer.launch({
  executablePath: ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(fs.existsSync),
  args: ["--no-sandbox", "--disable-gpu"],
});
const tab = await browser.newPage();
const [wrong, asked] = [[], []];
tab.on("console", (message) => { if (["error", "warn"].includes(message.type())) wrong.push(message.text()); });
tab.on("pageerror", (error) => wrong.push(String(error)));
tab.on("request", (request) => { if (!request.url().startsWith("file:") && request.url() !== "about:blank") asked.push(request.url()); });
tab.on("dialog", (dialog) => { wrong.push("a dialog opened"); dialog.dismiss(); });
const open = async (url, fragment = "") => { await tab.goto("about:blank"); await tab.goto(url + fragment); };
const text = (selector) => tab.$eval(selector, (it) => it.textContent);
const serious = async () => {
  await tab.evaluate(axe);
  const found = await tab.evaluate(async () => (await window.axe.run()).violations.map((it) => [it.id, it.impact]));
  return found.filter(([, impact]) => ["serious", "critical"].includes(impact));
};

const atlas = pageOf("atlas.html");
for (const lang of ["ja", "en"]) {
  for (const view of ["explore", "explore&node=ncvc", "routes&from=ncvc&to=approval", "map", "whole", "tables"]) {
    await open(atlas, `#lang=${lang}&view=${view}`);
    assert.deepEqual(await serious(), [], `${lang} ${view}`);
  }
}
await open(atlas);
for (const typed of ["国循", "kokujun", "medtronic"]) {
  await tab.focus("#search");
  await tab.$eval("#search", (it) => { it.value = ""; });
  await tab.keyboard.type(typed);
  if (typed !== "medtronic") assert.equal(await tab.$eval("#found li", (it) => it.firstChild.textContent), "国立循環器病研究センター");
  if (typed === "medtronic") assert.match(await text("#found li"), /メドトロニック/);
}
// The keyboard alone reaches a card, and its sources.
await tab.keyboard.press("ArrowDown");
await tab.keyboard.press("Enter");
await tab.waitForSelector("#card");
assert.equal(await tab.evaluate(() => document.activeElement.id), "card");
assert.match(await text("#card"), /メドトロニック/);
for (let step = 0; step < 40 && !(await tab.$eval("dialog", (it) => it.open)); step++) {
  await tab.keyboard.press("Tab");
  if (await tab.evaluate(() => document.activeElement.matches(".sources button"))) await tab.keyboard.press("Enter");
}
assert.ok(await tab.$eval("dialog", (it) => it.open), "a source opens");
assert.ok((await text("dialog")).length > 10);
await open(atlas, "#lang=ja&view=explore&node=ncvc");
await tab.evaluate(() => [...document.querySelectorAll(".sources button")].find((it) => it.textContent === "super-tokku-map:171").click());
const cited = execFileSync(program, ["cite", "super-tokku-map:171", "--json"], { encoding: "utf8" });
assert.equal(await text("dialog pre"), JSON.parse(cited).lines[0].text);
await open(atlas, "#lang=ja&view=routes&from=ncvc&to=approval");
const route = JSON.parse(execFileSync(program, ["path", "ncvc", "approval", "--json"], { encoding: "utf8" })).routes[0];
assert.deepEqual(await tab.$$eval(".routes ol:first-of-type li a", (links) => links.map((it) => new URLSearchParams(it.hash.slice(1)).get("node"))), route.nodes.map((it) => it.id));
await open(atlas, "#view=map");
assert.ok((await tab.$$(".map a")).length >= 10, "ten clusters");
await open(atlas, "#lang=en&view=explore&node=ncvc&basis=stated");
assert.deepEqual([...new Set(await tab.$$eval(".side .basis", (all) => all.map((it) => it.textContent)))], ["stated"]);

const hostile = path.join(folder, "hostile.yaml");
const name = JSON.stringify("</script><script>alert(1)</script><img src=x onerror=alert(1)>\"'`${1}&amp;\u202e");
fs.writeFileSync(hostile, `sources: [{id: s, title: ${name}, url: 'javascript:alert(1)'}]\norganizations:\n  - {id: a, name: {en: ${name}}, website: 'javascript:alert(1)', sources: [s]}\n  - {id: b, name: {en: ${name}}, sources: [s]}\nrelations: [{kind: supplies, from: a, to: b, sources: [s]}]\n`);
const bad = pageOf("hostile.html", "--data", hostile);
for (const view of ["explore", "explore&node=a", "routes&from=a&to=b", "whole", "tables"]) {
  await open(bad, `#view=${view}`);
  assert.equal((await tab.$$("img")).length, 0);
  assert.equal((await tab.$$("a[href^=javascript]")).length, 0);
}
await open(bad, "#view=explore&node=a");
assert.match(await text("#card"), /<\/script><script>alert\(1\)/);
assert.deepEqual(wrong, []);
assert.deepEqual(asked, []);
await browser.close();
fs.rmSync(folder, { recursive: true });
console.log("the page opens from disk, without a request, an error or a serious finding of axe");
