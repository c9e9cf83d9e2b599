#!/usr/bin/env python3
"""The same questions to medclust and to what people use instead, on the same atlas: answers compared, then timed.

Usage: benches/peers/peers.py target/release/medclust ATLAS FROM TO REGION TEXT

Each peer begins with what it reads fastest: sqlite and duckdb with a database that is built already, networkx with a
pickled graph, ripgrep with the YAML files. Needs duckdb 2.0 and networkx 3.6 (PyPI) and ripgrep; a peer that is not
there is left out. ripgrep knows no ids: it counts the lines.
Times are whole processes, medians of five, in turns.
"""

import csv
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

PROGRAM, ATLAS, START, GOAL, REGION, TEXT = sys.argv[1:7]
ROUNDS = 5

# Rows of a store, by a query with one word.
ROWS = "import {store},sys; [print(i) for (i,) in {store}.connect(sys.argv[1]).execute(sys.argv[2], (sys.argv[3],)).fetchall()]"
IN_REGION = "select n.id from nodes n join relations r on r.start=n.id where r.kind='located-in' and r.goal=? order by n.place"
# As medclust folds them, names of such letters have neither capitals nor blanks.
NAMED = "select id from nodes where replace(lower(ja),' ','') like '%'||?1||'%' "\
    "or replace(lower(en),' ','') like '%'||?1||'%' order by place"
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
        store.execute("create table nodes (id text primary key, place int, ja text, en text)")
        store.execute("create table relations (kind text, start text, goal text)")
        store.execute("create table steps (start text, goal text)")
        rows = [(it["id"], at, it["name"].get("ja"), it["name"].get("en")) for at, it in enumerate(nodes)]
        store.executemany("insert into nodes values (?, ?, ?, ?)", rows)
        store.executemany("insert into relations values (?, ?, ?)", [(it["kind"], it["from"], it["to"]) for it in relations])
        store.executemany("insert into steps values (?, ?)", steps)
        store.execute("create index goals on relations (kind, goal)")
        store.execute("create index starts on steps (start)")
    python = sys.executable
    medclust = [PROGRAM, "--data", ATLAS]
    stores = {"sqlite": ("sqlite3", database)}
    try:
        import duckdb

        stores["duckdb"] = ("duckdb", os.path.join(folder, "atlas.duckdb"))
        with duckdb.connect(stores["duckdb"][1]) as store, sqlite3.connect(database) as other:
            for table in ("nodes", "relations"):
                rows = other.execute(f"select * from {table}")
                with open(os.path.join(folder, "rows.csv"), "w", encoding="utf-8", newline="") as file:
                    csv.writer(file).writerows([[head[0] for head in rows.description], *rows])
                store.execute(f"create table {table} as from '{file.name}'")
    except ImportError:
        print("duckdb is not there: left out", file=sys.stderr)
    selection = {"medclust": [*medclust, "list", "--region", REGION, "--format", "ids"]}
    named = {"medclust": [*medclust, "list", "--name", TEXT, "--format", "ids"]}
    for name, (module, path) in stores.items():
        for commands, query, word in ((selection, IN_REGION, REGION), (named, NAMED, TEXT)):
            commands[name] = [python, "-c", ROWS.format(store=module), path, query, word]
    if shutil.which("rg"):
        selection["ripgrep"] = ["rg", "-c", f"region: {REGION}$", ATLAS]
        named["ripgrep"] = ["rg", "-c", f"name:.*{TEXT}", ATLAS]
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

    found = {}
    for question, commands in (("region", selection), ("name", named)):
        found[question] = ask(commands["medclust"]).split()
        for name in stores:
            assert ask(commands[name]).split() == found[question], (question, name)
    hops = json.loads(ask(route["medclust"]))["routes"][0]["hops"]
    for name, command in route.items():
        if name != "medclust":
            assert int(ask(command)) == hops, name
    print(f"{len(nodes)} nodes, {len(relations)} relations; {len(found['region'])} in {REGION}; "
          f"{len(found['name'])} named so; {hops} hops; answers agree")
    for question, commands in (("list of a region", selection), ("names with a text", named), ("shortest route", route)):
        for name, seconds in timed(commands).items():
            print(f"{question:18} {name:9} {seconds * 1000:6.0f} ms")
    shutil.rmtree(folder)


main()
