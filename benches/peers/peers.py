#!/usr/bin/env python3
"""The same questions to medclust and to what people use instead, on the same atlas: answers compared, then timed.

Usage: benches/peers/peers.py target/release/medclust ATLAS FROM TO REGION

Each peer begins with what it reads fastest: sqlite with a database that is built already, networkx with a pickled
graph, ripgrep with the YAML files. Needs networkx 3.6 (PyPI) and ripgrep; a peer that is not there is left out.
Times are whole processes, medians of five, in turns.
"""

import json
import os
import pickle
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time

PROGRAM, ATLAS, START, GOAL, REGION = sys.argv[1:6]
ROUNDS = 5

LIST = "import sqlite3,sys; [print(i) for (i,) in sqlite3.connect(sys.argv[1]).execute("\
    "'select n.id from nodes n join relations r on r.start=n.id where r.kind=\"located-in\" and r.goal=? "\
    "order by n.place', (sys.argv[2],))]"
REACH = """import sqlite3,sys
c=sqlite3.connect(sys.argv[1]); seen={sys.argv[2]}; front=[sys.argv[2]]; hops=0
while front and sys.argv[3] not in seen:
    hops+=1; then=[]
    for n in front:
        for (m,) in c.execute('select goal from steps where start=?',(n,)):
            if m not in seen: seen.add(m); then.append(m)
    front=then
print(hops if sys.argv[3] in seen else -1)
"""
PATH = "import networkx,pickle,sys; g=pickle.load(open(sys.argv[1],'rb')); "\
    "print(networkx.bidirectional_shortest_path(g,sys.argv[2],sys.argv[3]).__len__()-1)"


def ask(arguments, **more):
    return subprocess.run(arguments, capture_output=True, text=True, check=False, **more).stdout


def records(what):
    return json.loads(ask([PROGRAM, "--data", ATLAS, "list", what, "--json"]))


def timed(commands):
    """Seconds of each command, run in turns."""
    taken = {name: [] for name in commands}
    for _ in range(ROUNDS):
        for name, command in commands.items():
            begin = time.perf_counter()
            ask(command)
            taken[name].append(time.perf_counter() - begin)
    return {name: statistics.median(times) for name, times in taken.items()}


def main():
    folder = tempfile.mkdtemp()
    os.environ["MEDCLUST_CACHE"] = os.path.join(folder, "cache")
    database, graph = os.path.join(folder, "atlas.db"), os.path.join(folder, "atlas.pickle")
    nodes, relations = records("nodes"), records("relations")
    ways = {kind["id"]: kind["traverse"] for kind in records("relation-kinds")}
    steps = []
    for it in relations:
        way = ways[it["kind"]]
        if way in ("forward", "both"):
            steps.append((it["from"], it["to"]))
        if way in ("backward", "both"):
            steps.append((it["to"], it["from"]))
    with sqlite3.connect(database) as store:
        store.execute("create table nodes (id text primary key, place int)")
        store.execute("create table relations (kind text, start text, goal text)")
        store.execute("create table steps (start text, goal text)")
        store.executemany("insert into nodes values (?, ?)", [(it["id"], at) for at, it in enumerate(nodes)])
        store.executemany("insert into relations values (?, ?, ?)", [(it["kind"], it["from"], it["to"]) for it in relations])
        store.executemany("insert into steps values (?, ?)", steps)
        store.execute("create index goals on relations (kind, goal)")
        store.execute("create index starts on steps (start)")
    python = sys.executable
    medclust = [PROGRAM, "--data", ATLAS]
    selection = {
        "medclust": [*medclust, "list", "--region", REGION, "--format", "ids"],
        "sqlite": [python, "-c", LIST, database, REGION],
    }
    if shutil.which("rg"):
        selection["ripgrep (lines, not ids)"] = ["rg", "-c", f"region: {REGION}$", ATLAS]
    route = {
        "medclust": [*medclust, "path", START, GOAL, "--json"],
        "sqlite": [python, "-c", REACH, database, START, GOAL],
    }
    try:
        import networkx

        made = networkx.DiGraph()
        made.add_edges_from(steps)
        with open(graph, "wb") as file:
            pickle.dump(made, file)
        route["networkx"] = [python, "-c", PATH, graph, START, GOAL]
    except ImportError:
        print("networkx is not there: left out", file=sys.stderr)

    ours = set(ask(selection["medclust"]).split())
    theirs = set(ask(selection["sqlite"]).split())
    assert ours == theirs, (len(ours), len(theirs))
    hops = json.loads(ask(route["medclust"]))["routes"][0]["hops"]
    for name, command in route.items():
        if name != "medclust":
            assert int(ask(command)) == hops, name
    print(f"{len(nodes)} nodes, {len(relations)} relations; {len(ours)} in {REGION}; {hops} hops; answers agree")
    for question, commands in (("list of a region", selection), ("shortest route", route)):
        for name, seconds in timed(commands).items():
            print(f"{question:18} {name:26} {seconds * 1000:8.0f} ms")
    shutil.rmtree(folder)


main()
