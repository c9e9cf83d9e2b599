#!/usr/bin/env python3
"""Asks an atlas that is too large for one machine: DataFrames and joins over what `medclust export csv` writes.

    spark-submit medclust_spark.py FOLDER list [KIND] [--region ID]… [--role ID]… [--stage ID]… [--program ID]…
                                               [--type TYPE]… [--source SOURCE]… [--basis BASIS]… [--around ID] [--depth N]
    spark-submit medclust_spark.py FOLDER reach START… [--both-ways] [--follow KIND]… [--without KIND]…
    spark-submit medclust_spark.py FOLDER path FROM[,FROM…] TO[,TO…] [--both-ways] [--follow KIND]… [--without KIND]…
    spark-submit medclust_spark.py FOLDER degree
    spark-submit medclust_spark.py FOLDER components

FOLDER holds nodes.csv and relations.csv, on any file system that Spark reads. Answers are CSV on standard output, or with
`-o FOLDER` CSV written by the workers. What an option selects, which way relations are followed and which of several
routes is first are as in medclust; names are ids here. Exit status 1 where nothing is found, as there.
"""

import argparse
import csv
import itertools
import sys

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as f

KINDS = ["region", "organization", "role", "stage", "program"]
# Plans grow with each layer of a search; so many are answered before they are computed into one table.
LAYERS = 10


class Atlas:
    """The two tables. `order` is the place of a node or of a relation in the atlas."""

    def __init__(self, spark: SparkSession, folder: str):
        def table(name):
            # A cell may have several lines, so that one task reads a file: it numbers the rows as they stand.
            path = f"{folder.rstrip('/')}/{name}.csv"
            rows = spark.read.csv(path, header=True, multiLine=True, escape='"')
            return rows.withColumn("order", f.monotonically_increasing_id())

        def column(rows, name):
            # A column in which nobody says anything is left out of the export.
            return f.col(f"`{name}`") if name in rows.columns else f.lit(None).cast("string").alias(name)

        nodes, relations = table("nodes"), table("relations")
        wanted = ["kind", "type", "basis", "sources", "status", "in"]
        nodes = nodes.select("order", f.col("Id").alias("id"), *[column(nodes, it) for it in wanted])
        wanted = ["class", "traverse", "basis", "sources", "status", "in"]
        ends = [f.col(it).alias(name) for it, name in [("Source", "from"), ("Target", "to"), ("Kind", "kind")]]
        relations = relations.select("order", *ends, *[column(relations, it) for it in wanted])
        planned = nodes.filter(f.col("status") == "planned").select("id")
        ends = [planned.select(f.col("id").alias(end), f.lit(True).alias(f"{end}_planned")) for end in ("from", "to")]
        for end in ends:
            relations = relations.join(f.broadcast(end), end.columns[0], "left")
        is_planned = f.col("status").isNotNull() | f.col("from_planned").isNotNull() | f.col("to_planned").isNotNull()
        relations = relations.withColumn("planned", is_planned).drop("from_planned", "to_planned", "status")
        self.spark = spark
        self.nodes, self.relations = nodes.cache(), relations.repartition("from").cache()

    def ids(self, ids) -> DataFrame:
        """A table of these ids."""
        return self.spark.createDataFrame([(it,) for it in dict.fromkeys(ids)], "id string")

    def known(self, ids):
        """These ids; an error where the atlas has no such node."""
        found = {row.id for row in self.nodes.join(f.broadcast(self.ids(ids)), "id", "left_semi").select("id").collect()}
        for it in ids:
            if it not in found:
                sys.exit(f"error: no node `{it}`: ids are in the column Id of nodes.csv")
        return ids


# Which steps a route may take.


def steps(atlas: Atlas, both_ways=False, follow=(), without=()) -> DataFrame:
    """The steps of routes, one for each relation and direction in which it may be followed: `from`, `to`, `planned`,
    `direction`, and the relation."""
    kind, traverse = f.col("kind"), f.col("traverse")
    forward = (traverse != "never") | kind.isin(*follow)
    backward = (traverse == "both") | (forward if both_ways else f.lit(False))
    used = atlas.relations.filter(~kind.isin(*without))
    ahead = used.filter(forward).withColumn("direction", f.lit("forward"))
    back = used.filter(backward).withColumns({"from": f.col("to"), "to": f.col("from")})
    return ahead.unionByName(back.withColumn("direction", f.lit("backward")))


def open_to(steps: DataFrame, asked: DataFrame) -> DataFrame:
    """What is only planned leads nowhere yet, but from and to what is asked about."""
    asked = f.broadcast(asked)
    whole = steps.filter(~f.col("planned"))
    planned = steps.filter(f.col("planned")).withColumn("step", f.monotonically_increasing_id())
    at_from = planned.join(asked, planned["from"] == asked["id"], "left_semi")
    at_to = planned.join(asked, planned["to"] == asked["id"], "left_semi")
    return whole.unionByName(at_from.unionByName(at_to).dropDuplicates(["step"]).drop("step"))


def pairs(steps: DataFrame) -> DataFrame:
    """The ends of steps, each pair once."""
    return steps.select("from", "to").filter(f.col("from") != f.col("to")).distinct()


# Searches, a layer of nodes at a time.


def hops(starts: DataFrame, pairs: DataFrame) -> DataFrame:
    """`id`, and `hops` from the nearest of `starts`: breadth first. One join for each hop of the farthest."""
    layer = starts.select("id").distinct().withColumn("hops", f.lit(0)).localCheckpoint()
    reached = layer
    for far in itertools.count(1):
        met = layer.join(pairs, layer["id"] == pairs["from"]).select(f.col("to").alias("id")).distinct()
        layer = met.join(reached, "id", "left_anti").withColumn("hops", f.lit(far)).localCheckpoint()
        if layer.isEmpty():
            return reached
        reached = reached.unionByName(layer)
        if far % LAYERS == 0:
            reached = reached.localCheckpoint()


def reach(atlas: Atlas, starts, **ways) -> DataFrame:
    """Every node to which a route leads from any of `starts`, with its number of hops."""
    starts = atlas.ids(atlas.known(starts))
    every = steps(atlas, **ways)
    found = hops(starts, pairs(open_to(every, starts)).cache())
    # A planned step may be the last of a route, to the node that is asked about.
    last = pairs(every.filter(f.col("planned")))
    last = found.join(last, found["id"] == last["from"]).select(f.col("to").alias("id"), (f.col("hops") + 1).alias("hops"))
    found = found.unionByName(last).groupBy("id").agg(f.min("hops").alias("hops"))
    return found.join(atlas.nodes, "id").orderBy("hops", "order").select("id", "kind", "hops")


def path(atlas: Atlas, starts, ends, **ways):
    """The first of the shortest routes from any of `starts` to any of `ends` as its relations, and how many there are.

    Counted backwards, layer by layer; then the earliest node of the atlas is taken in each layer.
    """
    ends, starts = atlas.ids(atlas.known(ends)), atlas.ids(atlas.known(starts))
    asked = starts.union(ends).distinct()
    every = open_to(steps(atlas, **ways), asked).cache()
    step = pairs(every).cache()
    whole = "decimal(38,0)"
    layers = [ends.withColumn("count", f.lit(1).cast(whole)).localCheckpoint()]
    passed = ends
    while True:
        met = layers[-1].join(f.broadcast(starts), "id").join(atlas.nodes, "id").cache()
        first = met.orderBy("order").select("id").first()
        if first:
            break
        before = layers[-1].join(step, layers[-1]["id"] == step["to"]).join(passed.withColumnRenamed("id", "from"), "from", "left_anti")
        before = before.groupBy(f.col("from").alias("id")).agg(f.sum("count").cast(whole).alias("count")).localCheckpoint()
        if before.isEmpty():
            return None, 0
        layers.append(before)
        passed = passed.unionByName(before.select("id"))
        if len(layers) % LAYERS == 0:
            passed = passed.localCheckpoint()
    count = int(met.agg(f.sum("count")).first()[0])
    route = [first.id]
    for layer in reversed(layers[:-1]):
        onward = step.filter(f.col("from") == route[-1]).select(f.col("to").alias("id"))
        onward = layer.join(f.broadcast(onward), "id", "left_semi").join(atlas.nodes, "id")
        route.append(onward.orderBy("order").select("id").first().id)
    hop = [(at, *ends) for at, ends in enumerate(itertools.pairwise(route), start=1)]
    if not hop:
        return atlas.spark.createDataFrame([(0, route[0], route[0])], "hop int, from string, to string"), count
    taken = every.join(f.broadcast(atlas.spark.createDataFrame(hop, "hop int, from string, to string")), ["from", "to"])
    taken = taken.orderBy("hop", f.desc("direction"), "order")
    return taken.select("hop", "from", "to", "direction", "kind", "basis", "sources"), count


# The network: nodes linked where a relation that a route may follow joins them.


def degree(atlas: Atlas) -> DataFrame:
    """Of every node, the number of others that it is linked to, and of relations from and to it."""
    followed = atlas.relations.filter((f.col("traverse") != "never") & (f.col("from") != f.col("to")))
    ends = [followed.select(f.col(end).alias("id"), f.col(other).alias("other"), f.lit(is_out).alias("is_out"))
            for end, other, is_out in [("from", "to", 1), ("to", "from", 0)]]
    counts = ends[0].unionByName(ends[1]).groupBy("id").agg(
        f.countDistinct("other").alias("degree"), f.sum("is_out").alias("out"), f.sum(1 - f.col("is_out")).alias("in"))
    counted = atlas.nodes.select("id", f.col("kind"), "order").join(counts, "id", "left").na.fill(0)
    return counted.orderBy(f.desc("degree"), "order").select("id", "kind", "degree", "out", "in")


def components(atlas: Atlas) -> DataFrame:
    """Of every node, the first node of its connected component, and how many nodes that has.

    Large and small stars in turn until nothing changes (Kiveris and others, Connected Components in MapReduce and
    Beyond, 2014): some rounds, however long the chains are.
    """
    order = atlas.nodes.select("id", "order")
    followed = atlas.relations.filter(f.col("traverse") != "never")
    ends = followed.join(order.toDF("from", "a"), "from").join(order.toDF("to", "b"), "to")
    links = ends.select(f.greatest("a", "b").alias("u"), f.least("a", "b").alias("v")).filter("u <> v").distinct().localCheckpoint()

    def star(linked):
        # Whoever is linked to a node is tied to the first of them instead.
        first = linked.groupBy("u").agg(f.least(f.min("v"), f.col("u")).alias("first"))
        return linked.join(first, "u")

    def state(links):
        return links.agg(f.count("*"), f.sum(f.hash("u", "v").cast("decimal(20,0)"))).first()

    known = state(links)
    while True:
        both = links.unionByName(links.select(f.col("v").alias("u"), f.col("u").alias("v")))
        large = star(both).filter("v > u").select(f.col("v").alias("u"), f.col("first").alias("v")).distinct()
        small = star(large)
        small = small.select(f.col("v").alias("u"), f.col("first").alias("v")).unionByName(
            small.select("u", f.col("first").alias("v"))).filter("u <> v").distinct()
        links = small.localCheckpoint()
        now = state(links)
        if now == known:
            break
        known = now
    of = order.join(links.toDF("order", "first"), "order", "left")
    of = of.withColumn("first", f.coalesce("first", "order")).join(order.toDF("component", "first"), "first")
    sizes = of.groupBy("component").agg(f.count("*").alias("size"))
    return of.join(sizes, "component").orderBy("order").select("id", "component", "size")


# What belongs to a region, a role, a stage or a program.


class Extent:
    """Over the relations on the bases that are asked for, as medclust's own of this name."""

    def __init__(self, atlas: Atlas, relations: DataFrame):
        self.atlas, self.relations = atlas, relations

    def ends(self, end: str, other: str, others: DataFrame, relations: DataFrame) -> DataFrame:
        """The nodes at one end of relations that have any of `others` at the other."""
        found = relations.join(others.withColumnRenamed("id", other), other, "left_semi")
        return found.select(f.col(end).alias("id")).distinct()

    def kind(self, *kinds) -> DataFrame:
        return self.relations.filter(f.col("kind").isin(*kinds))

    def of_kind(self, ids: DataFrame, *kinds) -> DataFrame:
        return self.atlas.nodes.filter(f.col("kind").isin(*kinds)).join(ids, "id", "left_semi").select("id")

    def below(self, start: DataFrame, kind: str) -> DataFrame:
        tied = self.kind(kind).select(f.col("to").alias("from"), f.col("from").alias("to"))
        return hops(start, tied.distinct()).select("id")

    def of_contexts(self, contexts: DataFrame) -> DataFrame:
        every = self.atlas.relations
        boxes = self.ends("from", "to", contexts, self.kind("in"))
        stages = self.ends("to", "from", boxes, self.kind("acts-in"))
        roles = self.ends("from", "to", contexts, every.filter(f.col("kind") == "in"))
        players = self.ends("from", "to", roles, self.kind("plays"))
        here = self.relations.join(contexts.withColumnRenamed("id", "in"), "in", "left_semi")
        named = here.select(f.explode(f.array("from", "to")).alias("id"))
        ties = self.relations.filter(f.col("class").isin("place", "membership"))
        belonging = self.ends("from", "to", contexts, ties)
        members = self.of_kind(players.union(named).union(belonging), "organization", "program")
        return contexts.union(boxes).union(stages).union(members)

    def region(self, region: DataFrame) -> DataFrame:
        return self.of_contexts(self.below(region, "within"))

    def program(self, program: DataFrame) -> DataFrame:
        parts = self.of_kind(self.below(program, "part-of"), "program").localCheckpoint()
        led_to = self.ends("to", "from", parts, self.relations)
        led_to = self.of_kind(led_to, "region", "role", "stage", "program")
        taking_part = self.ends("from", "to", parts, self.relations.filter(f.col("class") == "membership"))
        return self.of_contexts(parts).union(led_to).union(taking_part)

    def role(self, role: DataFrame) -> DataFrame:
        boxes = self.below(self.below(role, "broader"), "specializes")
        players = self.ends("from", "to", boxes, self.kind("plays"))
        stages = self.ends("to", "from", boxes, self.kind("acts-in"))
        contexts = self.atlas.nodes.join(boxes, "id", "left_semi").select(f.col("in").alias("id")).na.drop()
        return boxes.union(players).union(stages).union(contexts)

    def stage(self, stage: DataFrame) -> DataFrame:
        boxes = self.ends("from", "to", stage, self.kind("acts-in"))
        players = self.ends("from", "to", boxes, self.kind("plays"))
        return stage.union(boxes).union(players).union(self.ends("from", "to", stage, self.kind("supports")))

    def around(self, node: DataFrame, depth: int) -> DataFrame:
        found = node
        ties = self.relations.select("from", "to")
        ties = ties.union(self.relations.select("to", "from"))
        for _ in range(depth):
            found = found.union(self.ends("to", "from", found, ties)).distinct().localCheckpoint()
        return found


def cites(sources, source: str):
    """Whether one of the citations is of this source, or of this place in it."""
    each = f.split(sources, "; ")
    return f.exists(each, lambda it: (it == source) | it.startswith(f"{source}:"))


def select(atlas: Atlas, kind: str, terms: dict, depth: int = 2) -> DataFrame:
    """The nodes that are selected: any of the values of one option, each option, none with `!` before it."""
    bases = terms.get("basis", [])
    said = [it for it in bases if not it.startswith("!")]
    denied = [it[1:] for it in bases if it.startswith("!")]
    counts = ~f.col("basis").isin(*denied) & (f.col("basis").isin(*said) if said else f.lit(True))
    extent = Extent(atlas, atlas.relations.filter(counts))

    def covers(option: str, value: str) -> DataFrame:
        if option == "type":
            return atlas.nodes.filter(f.col("type") == value).select("id")
        if option == "source":
            tied = atlas.relations.filter(cites(f.col("sources"), value))
            tied = tied.select(f.explode(f.array("from", "to")).alias("id"))
            return atlas.nodes.filter(cites(f.col("sources"), value)).select("id").union(tied)
        node = atlas.ids(atlas.known([value]))
        return extent.around(node, depth) if option == "around" else getattr(extent, option)(node)

    nodes = atlas.nodes if kind == "nodes" else atlas.nodes.filter(f.col("kind") == kind.removesuffix("s"))
    nodes = nodes.filter(counts)
    for option, values in terms.items():
        if option == "basis":
            continue
        wanted = [covers(option, it) for it in values if not it.startswith("!")]
        if wanted:
            either = wanted[0]
            for other in wanted[1:]:
                either = either.union(other)
            nodes = nodes.join(either, "id", "left_semi")
        for it in values:
            if it.startswith("!"):
                nodes = nodes.join(covers(option, it[1:]), "id", "left_anti")
    rank = f.array_position(f.array(*map(f.lit, KINDS)), f.col("kind"))
    return nodes.orderBy(rank, "order").select("id", "kind", "type", "basis", "sources")


def arguments(line) -> argparse.Namespace:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", help="what `medclust export csv -o FOLDER` wrote")
    parser.add_argument("-o", dest="output", metavar="FOLDER", help="have the workers write the answer there")
    question = parser.add_subparsers(dest="question", required=True)
    listing = question.add_parser("list")
    kinds = [f"{kind}s" for kind in KINDS] + ["nodes"]
    listing.add_argument("kind", nargs="?", choices=kinds, default="organizations")
    for option in ["region", "role", "stage", "program", "type", "source", "basis", "around"]:
        listing.add_argument(f"--{option}", action="append", default=[])
    listing.add_argument("--depth", type=int, default=2)
    reached = question.add_parser("reach")
    reached.add_argument("start", nargs="+")
    routes = question.add_parser("path")
    routes.add_argument("start", metavar="FROM")
    routes.add_argument("end", metavar="TO")
    for it in (reached, routes):
        it.add_argument("--both-ways", action="store_true")
        it.add_argument("--follow", action="append", default=[])
        it.add_argument("--without", action="append", default=[])
    question.add_parser("degree")
    question.add_parser("components")
    return parser.parse_args(line)


def answer(atlas: Atlas, asked: argparse.Namespace) -> DataFrame | None:
    """Answers the question of a command line; None where there is no route."""
    if asked.question == "list":
        options = ["region", "role", "stage", "program", "type", "source", "basis", "around"]
        terms = {it: getattr(asked, it) for it in options if getattr(asked, it)}
        return select(atlas, asked.kind, terms, asked.depth)
    if asked.question in ("reach", "path"):
        ways = {it: getattr(asked, it) for it in ("both_ways", "follow", "without")}
        if asked.question == "reach":
            return reach(atlas, asked.start, **ways)
        found, count = path(atlas, asked.start.split(","), asked.end.split(","), **ways)
        if found is not None:
            print(f"routes as short: {count}", file=sys.stderr)
        return found
    return degree(atlas) if asked.question == "degree" else components(atlas)


def main(line) -> int:
    """Answers a command line, and returns the exit status."""
    asked = arguments(line)
    spark = SparkSession.builder.appName("medclust").getOrCreate()
    found = answer(Atlas(spark, asked.folder), asked)
    if found is None:
        print("no route", file=sys.stderr)
        return 1
    if asked.output:
        found.write.csv(asked.output, header=True, mode="errorifexists")
        return 0
    rows = csv.writer(sys.stdout)
    rows.writerow(found.columns)
    empty = True
    for row in found.toLocalIterator():
        rows.writerow(row)
        empty = False
    return 1 if empty else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
