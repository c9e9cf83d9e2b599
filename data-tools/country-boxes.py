#!/usr/bin/env python3
"""Derives src/check/country-boxes.tsv: the box that each country's coordinates lie in.

Usage: data-tools/country-boxes.py SHARED_DATA > src/check/country-boxes.tsv

SHARED_DATA is a folder with
  ne_countries-110m.topojson   Natural Earth 1:110m (public domain), by way of world-atlas (ISC)
  iso-countries-{en,ja}.json   country names by ISO 3166 code, from i18n-iso-countries (MIT)
  ror-partial-v2.jsonl.gz      records of the Research Organization Registry (CC0)
  prefjp-utf8.csv              Japanese prefectures with coordinates (CC0)

An outline of 1:110m leaves out small islands (Okinawa, the Canaries), so the box also holds every
place where the registry or the list of prefectures knows somebody in that country. Only countries
with an outline are listed. Longitudes are the shorter way round: west > east crosses the 180th meridian.
"""

import csv
import gzip
import json
import math
import sys
from pathlib import Path

# The outlines have short names; where ISO's differ, the code is given here. N. Cyprus and
# Somaliland have no ISO 3166 code and are left out.
NAMED_OTHERWISE = {
    "W. Sahara": "EH", "Dem. Rep. Congo": "CD", "Congo": "CG", "Dominican Rep.": "DO",
    "Falkland Is.": "FK", "Fr. S. Antarctic Lands": "TF", "Central African Rep.": "CF",
    "Eq. Guinea": "GQ", "eSwatini": "SZ", "Solomon Is.": "SB", "Czechia": "CZ",
    "Bosnia and Herz.": "BA", "Macedonia": "MK", "S. Sudan": "SS", "Côte d'Ivoire": "CI",
    "Laos": "LA", "Syria": "SY", "Moldova": "MD", "Brunei": "BN",
}


def names(path):
    countries = json.loads(path.read_text(encoding="utf-8"))["countries"]
    return {code: [n] if isinstance(n, str) else n for code, n in countries.items()}


def outlines(path):
    topology = json.loads(path.read_text(encoding="utf-8"))
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((y * sy + ty, x * sx + tx))
        arcs.append(points)

    def points(nested):
        for part in nested:
            if isinstance(part, int):
                yield from arcs[part if part >= 0 else ~part]
            else:
                yield from points(part)

    for country in topology["objects"]["countries"]["geometries"]:
        yield country["properties"]["name"], list(points(country["arcs"]))


def box(points):
    """South, west, north, east: the longitudes leave out the widest empty span of the globe."""
    lats = [lat for lat, _ in points]
    lons = sorted({lon for _, lon in points})
    gaps = [(after - before, before, after) for before, after in zip(lons, lons[1:])]
    gaps.append((lons[0] + 360 - lons[-1], lons[-1], lons[0]))
    _, east, west = max(gaps)
    down, up = (lambda x: math.floor(x * 100) / 100), (lambda x: math.ceil(x * 100) / 100)
    return down(min(lats)), down(west), up(max(lats)), up(east)


def main():
    data = Path(sys.argv[1])
    en, ja = names(data / "iso-countries-en.json"), names(data / "iso-countries-ja.json")
    code_of = {name.casefold(): code for code, known in en.items() for name in known}
    points = {}
    short = {}
    for name, outline in outlines(data / "ne_countries-110m.topojson"):
        code = NAMED_OTHERWISE.get(name) or code_of.get(name.casefold())
        if code is None:
            print(f"left out: {name}", file=sys.stderr)
            continue
        points[code] = outline
        short[code] = name
    with gzip.open(data / "ror-partial-v2.jsonl.gz", "rt", encoding="utf-8") as records:
        for record in map(json.loads, records):
            for location in record.get("locations") or []:
                place = location.get("geonames_details") or {}
                if place.get("country_code") in points and place.get("lat") is not None:
                    points[place["country_code"]].append((place["lat"], place["lng"]))
    with open(data / "prefjp-utf8.csv", encoding="utf-8-sig") as prefectures:
        for row in csv.DictReader(prefectures):
            points["JP"].append((float(row["lat"]), float(row["lng"])))
    print("# Made by data-tools/country-boxes.py; see country-boxes.LICENSE.")
    print("# ISO 3166 code, south, west, north, east (degrees), names")
    for code, known in sorted(points.items()):
        called = dict.fromkeys([short[code], *en.get(code, []), *ja.get(code, [])])
        edges = [f"{edge:.2f}" for edge in box(known)]
        print("\t".join([code, *edges, "|".join(called)]))


main()
