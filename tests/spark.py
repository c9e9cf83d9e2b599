#!/usr/bin/env python3
"""Asks spark/medclust_spark.py and medclust the same questions, with worker processes of their own, and compares the answers.

Usage: tests/spark.py target/debug/medclust [NODES]    Needs pyspark (PyPI) and Java. With NODES also on an atlas of so many
organizations.
"""

import collections
import json
import os
import random
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path.insert(0, os.path.join(ROOT, "spark"))

from pyspark.sql import SparkSession

import medclust_spark as spark

FOLDER = tempfile.mkdtemp()


class Pair:
    """medclust and Spark on the same atlas."""

    def __init__(self, session, data):
        self.data = data
        folder = os.path.join(FOLDER, "export")
        self.medclust("export", "csv", "-o", folder)
        self.spark = spark.Atlas(session, folder)

    def medclust(self, *line):
        run = subprocess.run([sys.argv[1], "--data", self.data, *line], capture_output=True, text=True)
        assert run.returncode in (0, 1), run.stderr
        return run.stdout

    def json(self, *line):
        return json.loads(self.medclust(*line, "--json"))

    def list(self, *line):
        asked = spark.arguments(["-", "list", *line])
        found = [row.id for row in spark.answer(self.spark, asked).collect()]
        assert found == self.medclust("list", *line, "--format", "ids").split(), line
        return len(found)

    def path(self, start, end, *line, **ways):
        """Returns the number of hops; None where there is no route."""
        told = self.json("path", start, end, *line)
        starts, ends = (told[f"{end}_any"] or [told[end]["id"]] for end in ("from", "to"))
        found, count = spark.path(self.spark, starts, ends, **ways)
        assert count == told["equally_short"], (start, end, count)
        if found is None:
            assert told["routes"] == [], (start, end)
            return None
        [route] = told["routes"]
        rows = found.collect()
        taken = [(row["from"], row.to, row.direction, row.kind, row.basis) for row in rows if row.hop]
        said = [(step["from"], step["to"], used["direction"], used["kind"], used["basis"])
                for step in route["steps"] for used in step["relations"]]
        assert taken == said, (start, end, taken, said)
        return route["hops"]

    def reach(self, start, sample):
        found = {row.id: row.hops for row in spark.reach(self.spark, [start]).collect()}
        for node in sample:
            routes = self.json("path", start, node)
            # A region, a program or a role as an end of `path` is any of its members too.
            ends = routes["to_any"] or [node]
            nearest = min((found[it] for it in ends if it in found), default=None)
            told = routes["routes"][0]["hops"] if routes["routes"] else None
            assert nearest == told, (start, node, nearest, told)
        return len(found)

    def degree(self):
        told = {it["node"]["id"]: (it["degree"], it["out"], it["in"])
                for it in self.json("stats", "--top", "1000000000")["network"]["top"]}
        found = spark.degree(self.spark).collect()
        assert {row.id: (row.degree, row.out, row["in"]) for row in found} == told
        return len(found)

    def components(self):
        network = self.json("stats")["network"]
        found = spark.components(self.spark).collect()
        sizes = collections.Counter(row.component for row in found)
        assert all(row.size == sizes[row.component] for row in found)
        told = collections.Counter({it["nodes"]: it["components"] for it in network["sizes"]})
        assert collections.Counter(sizes.values()) == told
        kinds = {it["id"] for it in self.json("list", "relation-kinds") if it["traverse"] != "never"}
        component = {row.id: row.component for row in found}
        for it in self.json("list", "relations"):
            assert it["kind"] not in kinds or component[it["from"]] == component[it["to"]], it
        order = {row.id: at for at, row in enumerate(found)}
        assert all(order[row.component] <= order[row.id] for row in found), "named after the first"
        return len(sizes)


def workers(count):
    """Starts so many worker processes of one core each."""
    settings = {"spark.sql.shuffle.partitions": 2 * count, "spark.ui.enabled": "false", "spark.log.level": "ERROR",
                "spark.ui.showConsoleProgress": "false", "spark.executorEnv.PYTHONPATH": os.pathsep.join(sys.path)}
    builder = SparkSession.builder.master(f"local-cluster[{count},1,2048]").config("spark.executor.memory", "2g")
    return builder.config(map=settings).getOrCreate()


def shipped(session):
    pair = Pair(session, "builtin")
    lists = [
        ["nodes"], ["nodes", "--region", "japan", "--basis", "stated"],
        ["--region", "kansai", "--region", "minnesota", "--type", "!company"],
        ["nodes", "--role", "leading-company"], ["nodes", "--role", "!leading-company", "--source", "minnesota-map"],
        ["nodes", "--stage", "research-and-development", "--basis", "!inferred"],
        ["nodes", "--program", "medical-device-platform"], ["--around", "ncvc", "--depth", "3"],
    ]
    print("list:", [pair.list(*line) for line in lists])
    ends = [("ncvc", "approval"), ("kansai", "approval"), ("medtronic", "minnesota"), ("approval", "ncvc"), ("ncvc", "ncvc")]
    print("path:", [pair.path(*it) for it in ends])
    print("path --both-ways:", pair.path("approval", "medtronic", "--both-ways", both_ways=True))
    followed = ["--follow", "supports", "--without", "next"]
    print("path --follow:", pair.path("mhlw", "approval", *followed, follow=["supports"], without=["next"]))
    nodes = [it["id"] for it in pair.json("list", "nodes")]
    print("reach:", [pair.reach(start, nodes[::23]) for start in ("ncvc", "research-and-development")])
    print("degree:", pair.degree(), "components:", pair.components())


def write(nodes, folder):
    """Organizations in a thousand regions, each tied to five earlier ones or to the role of its region, some to themselves."""
    chance = random.Random(42)
    os.makedirs(folder)
    with open(os.path.join(folder, "atlas.yaml"), "w", encoding="utf-8") as file:
        file.write("sources:\n  - {id: made-up, title: Made up}\nregions:\n")
        file.writelines(f"  - {{id: r{it}, name: {{en: Region {it}}}}}\n" for it in range(1000))
        file.write("roles:\n  - {id: maker, name: {en: Maker}}\nstages:\n  - {id: market, name: {en: Market}}\norganizations:\n")
        for it in range(nodes):
            file.write(f"  - {{id: o{it}, type: company, name: {{en: Lab {it}}}, region: r{it % 1000}, sources: [made-up]}}\n")
        file.write("relations:\n  - {kind: acts-in, from: maker, to: market, sources: [made-up]}\n")
        for it in range(1, nodes):
            kind = chance.choice(["collaborates-with", "supplies"])
            for other in {chance.randrange(max(0, it - 20_000), it) for _ in range(5)}:
                file.write(f"  - {{kind: {kind}, from: o{it}, to: o{other}, sources: [made-up]}}\n")
            if it % 1000 == 0:
                file.write(f"  - {{kind: supplies, from: o{it}, to: o{it}, sources: [made-up]}}\n")
            if it % 100 == 0:
                file.write(f"  - {{kind: plays, from: o{it}, to: maker, in: r{it % 1000}, sources: [made-up]}}\n")


def large(session, nodes):
    folder = os.path.join(FOLDER, "large")
    write(nodes, folder)
    pair = Pair(session, folder)
    print("list:", pair.list("--region", "r7"), "path:", pair.path("o1", f"o{nodes - 1}"), pair.path(f"o{nodes - 1}", "o1"))
    print("reach:", pair.reach(f"o{nodes - 1}", ["o0", "o77", f"o{nodes // 2}"]))
    print("degree:", pair.degree(), "components:", pair.components())


def main():
    session = workers(2)
    begun = time.monotonic()
    try:
        shipped(session)
        if len(sys.argv) > 2:
            large(session, int(sys.argv[2]))
        print(f"the same answers, {time.monotonic() - begun:.0f} s")
    finally:
        session.stop()


if __name__ == "__main__":
    main()
