#!/usr/bin/env python3
"""Reads every export with the tool that it is for, and compares counts, distances and names with medclust's own;
asks as an assistant does, over the Model Context Protocol.

Usage: tests/consumers.py target/debug/medclust [FOLDER]    Needs networkx 3.6, rdflib 7, pyoxigraph, duckdb, openpyxl,
python-pptx and mcp 2 (PyPI); `dot` where it is there; where FOLDER has node_modules of mermaid, jsdom and cytoscape, these too.
"""

import asyncio
import csv
import json
import os
import shutil
import subprocess
import sys
import tempfile

import duckdb
import mcp
import networkx
import openpyxl
import pptx
import pyoxigraph
import rdflib
from mcp.client.stdio import stdio_client

PROGRAM = sys.argv[1]
NODE = sys.argv[2] if len(sys.argv) > 2 else None
FOLDER = tempfile.mkdtemp()
HOSTILE = "\"'<b>&amp;</script>`|[x](y){z};#\\ -->\n=1+1 \u202ex %% --- </svg> ]]>"


def medclust(*arguments, data="builtin"):
    run = subprocess.run([PROGRAM, "--data", data, *arguments], capture_output=True, text=True, check=True)
    return run.stdout


def export(format, *selection, data="builtin"):
    path = os.path.join(FOLDER, 'atlas.xlsx' if format == 'xlsx' else format)
    medclust("export", format, *selection, "-o", path, data=data)
    return path


def graphs(data):
    with open(export("node-link", data=data), encoding="utf-8") as file:
        yield "node-link", networkx.node_link_graph(json.load(file), edges="edges")
    yield "graphml", networkx.read_graphml(export("graphml", data=data))
    yield "gexf", networkx.read_gexf(export("gexf", data=data))


def check(data):
    nodes = json.loads(medclust("list", "nodes", "--json", data=data))
    relations = json.loads(medclust("list", "relations", "--json", data=data))
    ids = {node["id"] for node in nodes}
    for name, graph in graphs(data):
        assert set(graph) == ids, name
        assert graph.number_of_edges() == len(relations), name
        for node in nodes:
            for lang in ("ja", "en"):
                text = node["name"][lang]
                assert text is None or graph.nodes[node["id"]][f"name_{lang}"] == text, (name, node["id"])
    turtle = rdflib.Graph().parse(export("turtle", data=data), format="turtle")
    linked = rdflib.Graph().parse(export("jsonld", data=data), format="json-ld")
    assert set(turtle) == set(linked) and len(turtle) > 2 * len(ids)
    label = rdflib.URIRef("http://www.w3.org/2004/02/skos/core#prefLabel")
    labels = {str(text) for text in turtle.objects(predicate=label)}
    assert {text for node in nodes for text in node["name"].values() if text} <= labels
    export("csv", data=data)
    with open(os.path.join(FOLDER, "csv", "nodes.csv"), encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["Id"] for row in rows} == ids
    table = os.path.join(FOLDER, "csv", "{}.csv")
    names = duckdb.sql(f"select Id, name_en from read_csv('{table.format('nodes')}', all_varchar=true)").fetchall()
    assert {row[0]: row[1] for row in names} == {node["id"]: node["name"]["en"] for node in nodes}
    joined = duckdb.sql(f"""select count(*) from read_csv('{table.format('relations')}', all_varchar=true) r
        join read_csv('{table.format('nodes')}', all_varchar=true) s on r.Source = s.Id
        join read_csv('{table.format('nodes')}', all_varchar=true) t on r.Target = t.Id""").fetchall()
    assert joined == [(len(relations),)]
    store = pyoxigraph.Store()
    store.load(path=os.path.join(FOLDER, "turtle"), format=pyoxigraph.RdfFormat.TURTLE)
    assert len(store) == len(turtle)
    workbook(nodes, relations, data)
    with open(export("geojson", data=data), encoding="utf-8") as file:
        json.load(file)
    if shutil.which("dot"):
        drawn = subprocess.run(["dot", "-Tplain", export("dot", data=data)], capture_output=True, text=True, check=True)
        assert sum(line.startswith("edge ") for line in drawn.stdout.splitlines()) == len(relations)
        assert not drawn.stderr.strip(), drawn.stderr
    if NODE:
        drawn = subprocess.run(["node", os.path.join(os.path.dirname(__file__), "consumers.mjs"), NODE,
                                export("mermaid", "--lang", "en", data=data), export("cytoscape", data=data)],
                               capture_output=True, text=True, check=True)
        read = json.loads(drawn.stdout)
        assert read["mermaid"]["edges"] == read["cytoscape"]["edges"] == len(relations)
        assert read["cytoscape"]["names"] == {it["id"]: [it["name"]["ja"], it["name"]["en"]] for it in nodes}
        # Of a drawing, only what would steer a terminal is left out.
        assert sorted(read["mermaid"]["names"]) == sorted(clean(shown(it)) for it in nodes)
    print(f"{data}: {len(nodes)} nodes, {len(relations)} relations: every consumer agrees")
    return nodes


def shown(node):
    """What people read for a node in English."""
    return node["name"]["en"] or node["name"]["ja"]


def clean(text):
    return text.replace("\n", " ").replace("\u202e", "")


def workbook(nodes, relations, data):
    """Every cell is text or a number, whatever it begins with; ends lead to the rows of their nodes."""
    book = openpyxl.load_workbook(export("xlsx", data=data))
    assert [sheet.title for sheet in book] == ["Nodes", "Relations", "Sources"]
    sheet = book["Nodes"]
    rows = list(sheet.iter_rows(values_only=True))
    column = rows[0].index("name.en")
    names = {node["id"]: node["name"]["en"] and node["name"]["en"].replace("\u202e", "") for node in nodes}
    assert {row[0]: row[column] for row in rows[1:]} == names
    assert all(cell.data_type in "sn" for sheet in book for row in sheet for cell in row)
    assert book["Relations"].max_row == len(relations) + 1 and sheet.freeze_panes == "A2"
    links = [cell for row in book["Relations"] for cell in row if cell.hyperlink]
    assert len(links) >= 2 * len(relations)
    for cell in links:
        assert sheet[cell.hyperlink.location.split("!")[1]].value == cell.value
    path = os.path.join(FOLDER, "answer.xlsx")
    medclust("list", "nodes", "-o", path, data=data)
    answer = openpyxl.load_workbook(path)
    assert answer["Data"].max_row == len(nodes) + 1 and answer["Answer"].auto_filter.ref


def distances():
    """networkx takes as many hops as `path`, over the same ways."""
    ways = {kind["id"]: kind["traverse"] for kind in json.loads(medclust("list", "relation-kinds", "--json"))}
    with open(export("node-link"), encoding="utf-8") as file:
        exported = networkx.node_link_graph(json.load(file), edges="edges")
    steps = networkx.DiGraph()
    for start, end, relation in exported.edges(data=True):
        if relation.get("status") == "planned":
            continue
        if ways[relation["kind"]] in ("forward", "both"):
            steps.add_edge(start, end)
        if ways[relation["kind"]] in ("backward", "both"):
            steps.add_edge(end, start)
    for start, end in [("ncvc", "approval"), ("medtronic", "market-development"), ("umn", "approval")]:
        route = json.loads(medclust("path", start, end, "--json"))["routes"][0]
        assert networkx.shortest_path_length(steps, start, end) == route["hops"], (start, end)


def hostile():
    path = os.path.join(FOLDER, "hostile")
    os.mkdir(path)
    name = json.dumps(HOSTILE)
    with open(os.path.join(path, "a.yaml"), "w", encoding="utf-8") as file:
        file.write(f"sources: [{{id: s, title: {name}}}]\norganizations:\n"
                   f"  - {{id: a, name: {{en: {name}, ja: {'長' * 10000}}}, aliases: [{name}], sources: [s]}}\n"
                   f"  - {{id: 'b\"<>&', name: {{en: '=1+1'}}, sources: [s]}}\n"
                   f"relations: [{{kind: supplies, from: a, to: 'b\"<>&', note: {{en: {name}}}, sources: [s]}}]\n")
    return path


def slides():
    """A slide has a group of shapes for each box, and connectors between what python-pptx knows as shapes."""
    path = os.path.join(FOLDER, "slide.pptx")
    for arguments in (["draw", "minnesota"], ["draw", "path", "ncvc", "approval"], ["draw", "trace"], ["map"]):
        medclust(*arguments, "-o", path)
        (slide,) = pptx.Presentation(path).slides
        texts = " ".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
        assert "Sources" in texts or arguments == ["map"], texts
        connectors = [shape for shape in slide.shapes if isinstance(shape, pptx.shapes.connector.Connector)]
        assert len(slide.shapes) > 5 and (connectors or arguments[-1] in ("trace", "map"))
    print("slides open")


async def converse():
    server = mcp.StdioServerParameters(command=PROGRAM, args=["mcp"])
    async with stdio_client(server) as (read, write), mcp.ClientSession(read, write) as session:
        await session.initialize()
        tools = (await session.list_tools()).tools
        # The client holds each answer against the schema of its tool.
        for tool, arguments, line in [
            ("path", {"from": "国循", "to": "承認取得"}, ["path", "国循", "承認取得"]),
            ("list", {"region": ["minnesota"], "limit": 99}, ["list", "--region", "minnesota"]),
            ("trace", {"region": "kansai"}, ["trace", "--region", "kansai"]),
            ("compare", {"names": ["kansai", "minnesota"]}, ["compare", "kansai", "minnesota"]),
            ("risk", {"region": "minnesota"}, ["risk", "--region", "minnesota"]),
            ("cite", {"citation": "minnesota-map:71-72"}, ["cite", "minnesota-map:71-72"]),
        ]:
            answer = await session.call_tool(tool, arguments)
            assert not answer.is_error, answer
            assert answer.structured_content["answer"] == json.loads(medclust(*line, "--json")), tool
        wrong = await session.call_tool("show", {"names": ["medtornic"]})
        assert wrong.is_error and "medtronic" in wrong.content[0].text
    print(f"an assistant is given {len(tools)} tools, and what their commands say")


check("builtin")
check(hostile())
distances()
slides()
asyncio.run(converse())
shutil.rmtree(FOLDER)
