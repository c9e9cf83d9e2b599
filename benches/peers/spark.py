#!/usr/bin/env python3
"""How the time of spark/medclust_spark.py grows with nodes and workers, beside medclust on the same atlas.

Usage: benches/peers/spark.py target/release/medclust NODES…    Needs pyspark (PyPI) and Java.

Prints, for each number of organizations and of worker processes, the seconds of each question in a session that runs
already, loading apart, and of a medclust process whose graph is in its cache. tests/spark.py compares the answers.
"""

import os
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path[:0] = [os.path.join(ROOT, "tests"), os.path.join(ROOT, "spark")]
os.environ["PYTHONPATH"] = os.pathsep.join(sys.path)

import medclust_spark
from spark import workers, write


def seconds(action):
    begun = time.monotonic()
    action()
    return time.monotonic() - begun


def medclust(folder, *line):
    run = [sys.argv[1], "--data", folder, *line]
    return seconds(lambda: subprocess.run(run, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True))


def ask(atlas, *line):
    asked = medclust_spark.arguments(["-", *line])
    return seconds(lambda: medclust_spark.answer(atlas, asked).write.format("noop").mode("overwrite").save())


def main():
    print(f"{'nodes':>9} {'':12} {'load':>8} {'list':>8} {'path':>8} {'reach':>8} {'degree':>8} {'components':>10}")
    for nodes in map(int, sys.argv[2:]):
        folder = os.path.join(tempfile.mkdtemp(), "atlas")
        write(nodes, folder)
        export = os.path.join(os.path.dirname(folder), "export")
        load = medclust(folder, "--no-cache", "list", "regions")
        medclust(folder, "export", "csv", "-o", export)
        ends = (f"o{nodes - 1}", "o1")
        told = [load, *(medclust(folder, *line) for line in [("list", "--region", "r7"), ("path", *ends)])]
        print(f"{nodes:9} {'medclust':12} {told[0]:8.2f} {told[1]:8.3f} {told[2]:8.3f} {'':8} {'stats':>8} {medclust(folder, 'stats'):10.2f}", flush=True)
        for count in (1, 2):
            session = workers(count)
            atlas = medclust_spark.Atlas(session, export)
            load = seconds(lambda: (atlas.nodes.count(), atlas.relations.count()))
            lines = [("list", "--region", "r7"), ("path", *ends), ("reach", ends[0]), ("degree",), ("components",)]
            told = [load, *(ask(atlas, *line) for line in lines)]
            print(f"{nodes:9} {count} worker{'s' if count > 1 else ' '}    " + " ".join(f"{it:8.1f}" for it in told[:-1]) + f" {told[-1]:10.1f}", flush=True)
            session.stop()


if __name__ == "__main__":
    main()
