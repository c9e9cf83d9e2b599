#!/usr/bin/env python3
"""Derives tests/fixtures/stats-networkx.json: the figures of `medclust stats`, worked out by others.

Usage: data-tools/stats-figures.py MEDCLUST ATLAS > tests/fixtures/stats-networkx.json

MEDCLUST is the program, as in target/debug/medclust; ATLAS is tests/atlas. It is asked only what that holds
(`list nodes`, `list relations`, `list relation-kinds`); the figures come from networkx
(`pip install networkx`): degree, betweenness_centrality, articulation_points,
connected_components and constraint. Ties between organizations are found by trying every walk, and
the brokers of Gould and Fernandez by their definition, over all triads.

`fingerprint` tells which atlas they are of: a hash (FNV-1a, 64 bits) of its sorted nodes, relations and
kinds, as far as the figures depend on them. Once that has changed, the test that compares the
figures fails and says to run this again.
"""

import json
import subprocess
import sys
from itertools import permutations

import networkx as nx

AFFILIATIONS = {"plays", "participates-in"}
ROLES = ["coordinator", "itinerant", "gatekeeper", "representative", "liaison"]


def ask(program, atlas, what):
    command = [program, "--data", atlas, "list", what, "--json"]
    return json.loads(subprocess.run(command, check=True, capture_output=True).stdout)


def fingerprint(nodes, relations, kinds):
    lines = [["node", n["id"], n["kind"], n["type"], n["region"]] for n in nodes]
    lines += [["relation", r["from"], r["kind"], r["to"]] for r in relations]
    used = {r["kind"] for r in relations}
    lines += [["kind", k["id"], k["traverse"]] for k in kinds if k["id"] in used]
    text = "\n".join(sorted("\t".join(word or "" for word in line) for line in lines))
    value = 0xCBF29CE484222325
    for byte in text.encode():
        value = (value ^ byte) * 0x100000001B3 % 2**64
    return f"{value:016x}"


def network(nodes, relations, traverse):
    graph = nx.Graph()
    graph.add_nodes_from(node["id"] for node in nodes)
    for relation in relations:
        if traverse[relation["kind"]] != "never" and relation["from"] != relation["to"]:
            graph.add_edge(relation["from"], relation["to"])
    return graph


def ties(organizations, relations, traverse):
    """Who reaches whom, entering no third organization, with one step at most that is no affiliation."""
    steps = {}
    for relation in relations:
        way, affiliation = traverse[relation["kind"]], relation["kind"] in AFFILIATIONS
        if way != "never":
            steps.setdefault(relation["from"], []).append((relation["to"], affiliation))
        if way == "both":
            steps.setdefault(relation["to"], []).append((relation["from"], affiliation))
    graph = nx.DiGraph()
    graph.add_nodes_from(organizations)
    for start in organizations:
        open_states, seen = [(start, False)], {(start, False)}
        while open_states:
            here, spent = open_states.pop()
            if here != start and here in organizations:
                graph.add_edge(start, here)
                continue
            for there, affiliation in steps.get(here, []):
                state = (there, spent or not affiliation)
                if (affiliation or not spent) and state not in seen:
                    seen.add(state)
                    open_states.append(state)
    return graph


def role(a, b, c):
    if a == b == c:
        return "coordinator"
    if a == c:
        return "itinerant"
    if b == c:
        return "gatekeeper"
    if a == b:
        return "representative"
    return "liaison"


def brokerage(graph, group):
    counts = {node: dict.fromkeys([*ROLES, "total", "unknown"], 0) for node in graph}
    for a, b, c in permutations(graph, 3):
        if graph.has_edge(a, b) and graph.has_edge(b, c) and not graph.has_edge(a, c):
            groups = [group[node] for node in (a, b, c)]
            if None in groups:
                counts[b]["unknown"] += 1
            else:
                counts[b][role(*groups)] += 1
                counts[b]["total"] += 1
    return counts


def main():
    nodes, relations, kinds = (ask(*sys.argv[1:], it) for it in ("nodes", "relations", "relation-kinds"))
    traverse = {kind["id"]: kind["traverse"] for kind in kinds}
    whole = network(nodes, relations, traverse)
    betweenness = nx.betweenness_centrality(whole)
    points = set(nx.articulation_points(whole))
    organizations = {node["id"]: node for node in nodes if node["kind"] == "organization"}
    actors = ties(organizations, relations, traverse)
    constraint = nx.constraint(actors.to_undirected())
    sectors = brokerage(actors, {id: node["type"] for id, node in organizations.items()})
    regions = brokerage(actors, {id: node["region"] for id, node in organizations.items()})
    figures = {
        "made_by": f"data-tools/stats-figures.py, networkx {nx.__version__}",
        "fingerprint": fingerprint(nodes, relations, kinds),
        "network": {
            "nodes": whole.number_of_nodes(),
            "links": whole.number_of_edges(),
            "components": sorted(map(len, nx.connected_components(whole)), reverse=True),
            "articulation_points": sorted(points),
            "positions": {
                id: {"degree": whole.degree[id], "betweenness": betweenness[id]} for id in sorted(whole)
            },
        },
        "brokers": {
            "nodes": actors.number_of_nodes(),
            "ties": actors.number_of_edges(),
            "positions": {
                id: {
                    # networkx says nan for one without ties.
                    "constraint": constraint[id] if actors.degree[id] else None,
                    "sectors": sectors[id],
                    "regions": regions[id],
                }
                for id in sorted(actors)
            },
        },
    }
    json.dump(figures, sys.stdout, indent=1, allow_nan=False)
    print()


main()
