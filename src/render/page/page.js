"use strict";
// What the page does: it reads the atlas that medclust wrote into it, and derives nothing by itself.
// Nodes, relations and sources are named by their numbers.
const words = {
  en: {
    search: "Search names, in Japanese or English", explore: "Explore", routes: "Routes", map: "Map", whole: "Whole atlas",
    tables: "Stages, comparison, gaps", into: "What leads here", out: "Where it leads", nothing: "nothing", language: "日本語",
    filters: "Filters", basis: "Basis", stated: "stated", inferred: "inferred", curated: "curated", kind: "Kind", any: "any",
    region: "Region", date: "On date", from: "From", to: "To", find: "Find routes", noroute: "There is no route.",
    hops: (n) => `${n} ${n === 1 ? "hop" : "hops"}`, found: (n) => `${n} found`, share: "Copy link", copied: "copied", id: "ID",
    type: "Type", aliases: "Also called", website: "Website", where: "In", since: "Since", until: "Until", sources: "Sources",
    close: "Close", cited: "The cited lines", open: "Open the source", zoomin: "Larger", zoomout: "Smaller", all: "All",
    placeless: "Without a known location", planned: "planned", skip: "Skip to the content", start: "Search for a name, or begin with one of these:",
    outlines: "Land: Natural Earth. Outlines imply no position on any boundary.", pan: "Drag to move, wheel or + − to zoom; Tab goes from name to name.",
    more: (n) => `the best ${n} of routes of equal length`, unfiltered: "Routes follow every statement, whatever the filters.",
  },
  ja: {
    search: "名前を探す（日本語・英語）", explore: "たどる", routes: "経路", map: "地図", whole: "全体図", tables: "段階・比較・欠落",
    into: "ここへ来るもの", out: "ここから先", nothing: "なし", language: "English", filters: "絞り込み", basis: "根拠", stated: "明記",
    inferred: "推定", curated: "補足", kind: "種類", any: "すべて", region: "地域", date: "この日の時点", from: "始点", to: "終点",
    find: "経路を探す", noroute: "経路はありません。", hops: (n) => `${n} 段`, found: (n) => `${n} 件`, share: "リンクをコピー",
    copied: "コピーしました", id: "ID", type: "類型", aliases: "別名", website: "ウェブ", where: "所在・文脈", since: "開始", until: "終了",
    sources: "出典", close: "閉じる", cited: "引用箇所", open: "出典を開く", zoomin: "拡大", zoomout: "縮小", all: "全体",
    placeless: "所在の分からないもの", planned: "予定", skip: "本文へ", start: "名前を探すか、次のどれかから始めてください。",
    outlines: "陸地: Natural Earth。輪郭線は境界についての立場を示すものではありません。", pan: "ドラッグで移動、ホイールか + − で拡大縮小、Tab で名前から名前へ。",
    more: (n) => `最短の経路のうち ${n} 本まで`, unfiltered: "経路は絞り込みによらず、すべての記述をたどります。",
  },
};
const kinds = {
  en: { region: "region", organization: "organization", role: "role", stage: "stage", program: "program" },
  ja: { region: "地域", organization: "組織", role: "役割", stage: "段階", program: "施策" },
};

// Spellings of one name compare equal, as in medclust: compatibility forms, case, accents, kana, blanks and marks.
function fold(text) {
  let folded = "";
  for (const c of text.normalize("NFKD").replace(/(?![\u3099\u309a])\p{M}/gu, "").normalize("NFC").toLowerCase()) {
    const code = c.codePointAt(0);
    if (code >= 0x3041 && code <= 0x3096) folded += String.fromCodePoint(code + 0x60);
    else if (/[\p{L}\p{N}ー]/u.test(c)) folded += c;
  }
  return folded || text.toLowerCase();
}

function search(atlas, text, most) {
  const key = fold(text);
  if (!key) return [];
  const rank = (node) => {
    let best = 9;
    for (const name of node.keys) {
      if (name === key) return 0;
      if (name.startsWith(key)) best = Math.min(best, 1);
      else if (name.includes(key)) best = Math.min(best, 2);
    }
    return best;
  };
  const ranked = atlas.nodes.map((node, number) => [rank(node), number]).filter(([it]) => it < 9);
  return ranked.sort((a, b) => a[0] - b[0] || a[1] - b[1]).slice(0, most).map(([, number]) => number);
}

// The shortest routes in the order of `medclust path`: fewest hops, then through earlier nodes of the atlas. What is only
// planned leads nowhere, but for what is asked about itself.
function routes(atlas, from, to, most) {
  if (from === to) return [[from]];
  const steps = (at) => {
    const asked = atlas.planned[at].filter((next) => [at, next].some((it) => it === from || it === to));
    return asked.length ? [...new Set([...atlas.next[at], ...asked])].sort((a, b) => a - b) : atlas.next[at];
  };
  const before = atlas.next.map(() => []);
  for (let at = 0; at < before.length; at++) for (const next of steps(at)) before[next].push(at);
  const left = new Int32Array(before.length).fill(-1);
  left[to] = 0;
  for (let open = [to], k = 0; k < open.length; k++)
    for (const at of before[open[k]]) if (left[at] < 0) { left[at] = left[open[k]] + 1; open.push(at); }
  const found = [];
  if (left[from] < 0) return found;
  const walk = (way) => {
    const at = way[way.length - 1];
    if (at === to) { found.push(way); return; }
    for (const next of steps(at)) {
      if (found.length >= most) return;
      if (left[next] === left[at] - 1) walk([...way, next]);
    }
  };
  walk([from]);
  return found;
}

if (typeof module !== "undefined") module.exports = { fold, search, routes };
else start();

function start() {
  const atlas = JSON.parse(document.getElementById("atlas").textContent);
  const bases = ["stated", "inferred", "curated"];
  const cite = (numbers) => numbers.map((it) => atlas.citations[it]);
  for (const node of atlas.nodes) node.sources = cite(node.sources);
  atlas.relations = atlas.relations.map(([from, to, kind, basis, cited, rarely]) =>
    ({ from, to, kind, basis: bases[basis], sources: cite(cited), layer: 0, ...rarely }));
  const byId = new Map(atlas.nodes.map((node, number) => [node.id, number]));
  const state = Object.assign({ lang: atlas.lang, view: "explore", basis: "stated,inferred,curated" },
    Object.fromEntries(new URLSearchParams(location.hash.slice(1))));
  const out = atlas.nodes.map(() => []), into = atlas.nodes.map(() => []);
  atlas.relations.forEach((relation, number) => { out[relation.from].push(number); into[relation.to].push(number); });
  const w = () => words[state.lang];
  const text = (pair) => pair[state.lang === "ja" ? 0 : 1] ?? pair[state.lang === "ja" ? 1 : 0] ?? "";
  const name = (number) => text(atlas.nodes[number].name);

  // An element with attributes and children; texts are always texts.
  function el(tag, attributes, ...children) {
    const isSvg = ["svg", "g", "path", "rect", "circle", "text", "line", "title", "svg:a"].includes(tag);
    const node = isSvg ? document.createElementNS("http://www.w3.org/2000/svg", tag.replace("svg:", "")) : document.createElement(tag);
    for (const [key, value] of Object.entries(attributes ?? {})) {
      if (value === undefined || value === false || value === null) continue;
      if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
      else node.setAttribute(key, value === true ? "" : value);
    }
    node.append(...children.flat().filter((it) => it !== null && it !== undefined && it !== ""));
    return node;
  }
  const link = (change) => "#" + new URLSearchParams({ ...state, ...change });
  const nodeLink = (number) => el("a", { href: link({ view: "explore", node: atlas.nodes[number].id }) }, name(number));
  const show = (change) => { location.hash = link(change); };

  function sources(list) {
    if (!list.length) return null;
    const one = (cited) => el("button", { type: "button", onclick: () => openSource(cited) }, cited);
    return el("span", { class: "sources" }, " ", list.map(one));
  }
  function openSource(cited) {
    const [id, lines] = cited.split(/:(.*)/s);
    const source = atlas.sources[id] ?? {};
    const dialog = document.getElementById("source");
    const quoted = (source.lines ?? {})[lines];
    dialog.replaceChildren(
      el("h2", { id: "source-title" }, source.title ?? id),
      el("p", { class: "quiet" }, [source.publisher, source.date, cited].filter(Boolean).join(" · ")),
      quoted ? el("h3", {}, w().cited) : "", quoted ? el("pre", {}, quoted) : "",
      source.url ? el("p", {}, el("a", { href: source.url, rel: "noreferrer" }, w().open)) : "",
      el("button", { type: "button", onclick: () => dialog.close() }, w().close));
    dialog.showModal();
  }

  function counts(relation) {
    if (!state.basis.split(",").includes(relation.basis)) return false;
    if (state.layer && relation.layer > Number(state.layer)) return false;
    if (!state.date) return true;
    return (!relation.since || relation.since <= state.date) && (!relation.until || relation.until >= state.date);
  }
  function passes(number) {
    const node = atlas.nodes[number];
    if (state.kind && node.kind !== state.kind) return false;
    return !state.region || node.within.includes(byId.get(state.region)) || node.id === state.region;
  }

  function side(numbers, other, label) {
    const groups = new Map();
    for (const number of numbers) {
      const relation = atlas.relations[number];
      if (!counts(relation)) continue;
      if (!groups.has(relation.kind)) groups.set(relation.kind, []);
      groups.get(relation.kind).push(relation);
    }
    const section = el("section", { class: "side", "aria-label": label }, el("h2", {}, label));
    if (!groups.size) section.append(el("p", { class: "quiet" }, w().nothing));
    for (const [kind, list] of groups) {
      const item = (relation) => el("li", {}, nodeLink(relation[other]), " ",
        el("span", { class: "basis" }, w()[relation.basis]), relation.planned ? ` (${w().planned})` : "", sources(relation.sources));
      section.append(el("h3", {}, text(other === "from" ? atlas.kinds[kind].inverse : atlas.kinds[kind].name)), el("ul", {}, list.map(item)));
    }
    return section;
  }
  function explore(main) {
    const number = byId.get(state.node);
    if (number === undefined) {
      const first = atlas.first.map((it) => el("li", {}, nodeLink(it)));
      main.append(el("h2", {}, w().explore), el("p", {}, w().start), el("ul", {}, first));
      return;
    }
    const node = atlas.nodes[number];
    const fact = (label, value) => value ? [el("dt", {}, label), el("dd", {}, value)] : [];
    const other = node.name[state.lang === "ja" ? 1 : 0];
    const card = el("section", { class: "card", "aria-label": name(number) },
      el("h2", { tabindex: "-1", id: "card" }, name(number)), other && other !== name(number) ? el("p", { class: "quiet" }, other) : "",
      node.summary ? el("p", {}, text(node.summary)) : "",
      el("dl", {}, fact(w().kind, kinds[state.lang][node.kind]), fact(w().type, node.type && text(node.type)), fact(w().id, node.id),
        fact(w().aliases, node.aliases?.join(state.lang === "ja" ? "、" : ", ")),
        fact(w().where, node.place === undefined ? "" : nodeLink(node.place)), fact(w().since, node.since), fact(w().until, node.until),
        fact(w().website, node.website ? el("a", { href: node.website, rel: "noreferrer" }, node.website) : ""),
        fact(w().basis, w()[node.basis]), fact(w().sources, sources(node.sources))));
    main.append(el("div", { class: "three" }, side(into[number], "from", w().into), card, side(out[number], "to", w().out)));
  }

  function routeView(main) {
    const names = el("datalist", { id: "names" }, atlas.nodes.map((node, number) => el("option", { value: name(number) })));
    const field = (label, key) => el("label", {}, `${label} `, el("input", { list: "names", name: key, value: state[key] ? name(byId.get(state[key]) ?? 0) : "" }));
    const form = el("form", { onsubmit: (event) => {
      event.preventDefault();
      const [from, to] = ["from", "to"].map((key) => search(atlas, form.elements[key].value, 1)[0]);
      if (from !== undefined && to !== undefined) show({ from: atlas.nodes[from].id, to: atlas.nodes[to].id });
    } }, field(w().from, "from"), " ", field(w().to, "to"), " ", el("button", {}, w().find), names);
    main.append(el("h2", {}, w().routes), form, el("p", { class: "quiet" }, w().unfiltered));
    const [from, to] = [byId.get(state.from), byId.get(state.to)];
    if (from === undefined || to === undefined) return;
    const found = routes(atlas, from, to, 10);
    const list = el("div", { class: "routes", role: "status" });
    if (!found.length) list.append(el("p", {}, w().noroute));
    else list.append(el("p", {}, `${w().hops(found[0].length - 1)} · ${w().more(10)}: ${found.length}`));
    for (const route of found) {
      const hop = (number, place) => {
        if (!place) return el("li", {}, nodeLink(number));
        const before = route[place - 1];
        const by = atlas.relations.filter((it) => (it.from === before && it.to === number) || (it.to === before && it.from === number));
        const forward = by.find((it) => it.from === before) ?? by[0];
        const kind = atlas.kinds[forward.kind];
        return el("li", {}, nodeLink(number), " ", el("span", { class: "quiet" }, text(forward.from === before ? kind.name : kind.inverse)), " ",
          el("span", { class: "basis" }, w()[forward.basis]), sources(forward.sources));
      };
      list.append(el("ol", { start: "0" }, route.map(hop)));
    }
    main.append(list);
  }

  function mapView(main) {
    const map = atlas.map;
    const mark = (it) => {
      const label = it.r > 9 ? `${it.count} ${text(it.name)}` : text(it.name);
      return el("svg:a", { href: link({ view: "explore", node: atlas.nodes[it.region].id }), "aria-label": label },
        it.zone ? el("path", { class: "dot", d: `M${it.x} ${it.y - it.r}l${it.r} ${it.r}l-${it.r} ${it.r}l-${it.r} -${it.r}z` })
          : el("circle", { class: "dot", cx: it.x, cy: it.y, r: it.r }),
        it.r > 9 ? el("text", { class: "dot-text", x: it.x, y: it.y + 4 }, String(it.count)) : "", " ",
        it.label ? el("text", { class: "name", x: it.label[0], y: it.label[1], "text-anchor": it.label[2] }, text(it.name)) : "");
    };
    main.append(el("h2", {}, w().map),
      el("svg", { class: "map", viewBox: `0 0 ${map.width} ${map.height}`, role: "group", "aria-label": w().map },
        el("path", { class: "land", d: map.land }), map.marks.map(mark)),
      el("p", { class: "quiet" }, w().outlines),
      map.placeless.length ? el("details", {}, el("summary", {}, `${w().placeless} (${map.placeless.length})`), el("ul", {}, map.placeless.map((it) => el("li", {}, nodeLink(it))))) : "");
  }

  function wholeView(main) {
    const whole = atlas.whole;
    const ties = el("g", {});
    const center = (number) => { const [x, y, wide] = whole.at[number]; return [x + wide / 2, y + 9]; };
    const shown = (number) => {
      ties.replaceChildren(...[...out[number], ...into[number]].filter((it) => counts(atlas.relations[it])).map((it) => {
        const { from, to } = atlas.relations[it];
        const [[x1, y1], [x2, y2]] = [center(from), center(to)];
        return el("line", { class: "tie", x1, y1, x2, y2 });
      }));
    };
    const chip = (number) => {
      const place = whole.at[number];
      if (!place) return "";
      const [x, y, wide] = place;
      const open = () => show({ view: "explore", node: atlas.nodes[number].id });
      return el("g", { class: "chip", tabindex: "0", role: "link", onfocus: () => shown(number), onmouseenter: () => shown(number), onclick: open,
        onkeydown: (event) => { if (event.key === "Enter") open(); } },
        el("rect", { x, y, width: wide, height: 18, rx: 3 }), el("svg", { x, y, width: wide - 3, height: 18 }, el("text", { x: 5, y: 13 }, name(number)), el("title", {}, name(number))));
    };
    const block = (it) => [el("rect", { class: "block", x: it.x, y: it.y, width: it.w, height: it.h, rx: 4 }),
      el("text", { class: "block-name", x: it.x + 6, y: it.y + 16 }, text(it.name))];
    const box = { x: 0, y: 0, w: whole.width, h: whole.height };
    const svg = el("svg", { class: "whole", role: "group", "aria-label": w().whole }, whole.blocks.map(block), ties, atlas.nodes.map((_, number) => chip(number)));
    const look = () => svg.setAttribute("viewBox", `${box.x} ${box.y} ${box.w} ${box.h}`);
    const zoom = (by, px = box.x + box.w / 2, py = box.y + box.h / 2) => {
      const factor = Math.min(Math.max(box.w * by, 200), whole.width * 1.5) / box.w;
      box.x = px - (px - box.x) * factor; box.y = py - (py - box.y) * factor; box.w *= factor; box.h *= factor; look();
    };
    const point = (event) => { const edge = svg.getBoundingClientRect(); return [box.x + (event.clientX - edge.left) / edge.width * box.w, box.y + (event.clientY - edge.top) / edge.height * box.h]; };
    svg.addEventListener("wheel", (event) => { event.preventDefault(); zoom(event.deltaY > 0 ? 1.2 : 1 / 1.2, ...point(event)); }, { passive: false });
    let held = null;
    svg.addEventListener("pointerdown", (event) => { held = point(event); });
    svg.addEventListener("pointermove", (event) => { if (!held || !event.buttons) return; const [x, y] = point(event); box.x += held[0] - x; box.y += held[1] - y; look(); });
    svg.addEventListener("pointerup", () => { held = null; });
    look();
    const button = (label, act) => el("button", { type: "button", onclick: act }, label);
    main.append(el("h2", {}, w().whole), el("p", { class: "quiet" }, w().pan),
      el("p", {}, button(w().zoomin, () => zoom(1 / 1.4)), " ", button(w().zoomout, () => zoom(1.4)), " ",
        button(w().all, () => { Object.assign(box, { x: 0, y: 0, w: whole.width, h: whole.height }); look(); })), svg);
  }

  function tableView(main) {
    main.append(el("h2", {}, w().tables));
    for (const it of document.querySelectorAll(`template[data-lang="${state.lang}"]`)) {
      const part = el("details", {}, el("summary", {}, it.dataset.title));
      part.append(el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": it.dataset.title }, it.content.cloneNode(true)));
      main.append(part);
    }
  }

  function filters() {
    const boxes = bases.map((basis) => el("label", {}, el("input", { type: "checkbox", checked: state.basis.split(",").includes(basis),
      onchange: (event) => {
        const set = new Set(state.basis.split(",").filter(Boolean));
        if (event.target.checked) set.add(basis); else set.delete(basis);
        show({ basis: [...set].join(",") });
      } }), ` ${w()[basis]}`));
    const select = (label, key, options) => el("label", {}, `${label} `, el("select", { onchange: (event) => show({ [key]: event.target.value }) },
      el("option", { value: "" }, w().any), options.map(([value, told]) => el("option", { value, selected: state[key] === value }, told))));
    const regions = atlas.nodes.map((node, number) => [node.id, name(number), node.kind]).filter((it) => it[2] === "region");
    return el("details", { class: "filters", open: state.filters === "1" }, el("summary", {}, w().filters),
      el("fieldset", {}, el("legend", {}, w().basis), boxes),
      atlas.layers > 1 ? select(state.lang === "ja" ? "層" : "Layer", "layer", atlas.layerNames.map((told, number) => [String(number), `≤ ${told}`])) : "", " ",
      select(w().kind, "kind", Object.entries(kinds[state.lang])), " ", select(w().region, "region", regions), " ",
      el("label", {}, `${w().date} `, el("input", { value: state.date ?? "", placeholder: "2015-01", size: "10", onchange: (event) => show({ date: event.target.value }) })));
  }

  function searchBox() {
    let chosen = -1, found = [];
    const list = el("ul", { id: "found", role: "listbox", hidden: true, "aria-label": w().search });
    const status = el("span", { role: "status", class: "skip" });
    const open = (number) => { input.value = ""; fill(); state.focus = true; show({ view: "explore", node: atlas.nodes[number].id }); };
    const fill = () => {
      found = search(atlas, input.value, 400).filter(passes).slice(0, 30);
      chosen = -1;
      list.hidden = !found.length;
      input.setAttribute("aria-expanded", String(!!found.length));
      list.replaceChildren(...found.map((number, place) => el("li", { role: "option", id: `o${place}`, "aria-selected": "false", onmousedown: () => open(number) },
        name(number), el("small", {}, kinds[state.lang][atlas.nodes[number].kind]))));
      status.textContent = input.value ? w().found(found.length) : "";
    };
    const choose = (to) => {
      chosen = (to + found.length) % found.length;
      [...list.children].forEach((item, place) => item.setAttribute("aria-selected", String(place === chosen)));
      input.setAttribute("aria-activedescendant", `o${chosen}`);
      list.children[chosen].scrollIntoView({ block: "nearest" });
    };
    const input = el("input", { id: "search", type: "search", role: "combobox", "aria-controls": "found", "aria-expanded": "false", "aria-autocomplete": "list",
      "aria-label": w().search, placeholder: w().search, autocomplete: "off", oninput: fill, onkeydown: (event) => {
        if (event.key === "ArrowDown" && found.length) { event.preventDefault(); choose(chosen + 1); }
        if (event.key === "ArrowUp" && found.length) { event.preventDefault(); choose(chosen - 1); }
        if (event.key === "Enter" && found.length) { event.preventDefault(); open(found[Math.max(chosen, 0)]); }
        if (event.key === "Escape") { input.value = ""; fill(); }
      } });
    return el("div", { class: "search" }, input, list, status);
  }

  function draw() {
    document.documentElement.lang = state.lang;
    document.title = state.view === "explore" && byId.has(state.node) ? `${name(byId.get(state.node))} · ${text(atlas.title)}` : text(atlas.title);
    const views = ["explore", "routes", "map", "whole", "tables"];
    const tab = (view) => el("li", {}, el("a", { href: link({ view }), "aria-current": state.view === view ? "page" : undefined }, w()[view]));
    const share = el("button", { type: "button", onclick: () => { navigator.clipboard?.writeText(location.href).then(() => { share.textContent = w().copied; }, () => {}); } }, w().share);
    const main = el("main", { id: "main", tabindex: "-1" });
    ({ explore, routes: routeView, map: mapView, whole: wholeView, tables: tableView }[state.view] ?? explore)(main);
    const other = state.lang === "ja" ? "en" : "ja";
    document.getElementById("page").replaceChildren(
      el("a", { class: "skip", href: "#main", onclick: (event) => { event.preventDefault(); main.focus(); } }, w().skip),
      el("header", {}, el("h1", {}, text(atlas.title)), searchBox(), el("nav", { "aria-label": text(atlas.title) }, el("ul", {}, views.map(tab))),
        el("button", { type: "button", lang: other, onclick: () => show({ lang: other }) }, w().language), share),
      filters(), main, el("footer", {}, text(atlas.note)));
  }
  window.addEventListener("hashchange", () => {
    const focus = state.focus;
    for (const key of Object.keys(state)) delete state[key];
    Object.assign(state, { lang: atlas.lang, view: "explore", basis: "stated,inferred,curated" }, Object.fromEntries(new URLSearchParams(location.hash.slice(1))));
    draw();
    if (focus) document.getElementById("card")?.focus();
    else document.getElementById("main").focus({ preventScroll: true });
  });
  draw();
}
