#!/usr/bin/env python3
"""Writes UnicodeData.swift beside this file from the Unicode Character Database.

    python3 generate.py [UCD_DIRECTORY]        # default: /usr/share/unicode, Debian's package unicode-data

The tables are text: one record a property, `name,alias…:deltas;`. A property's code points are a sorted list of
boundaries (first in, first out, first in, …); each is written as the difference to the one before, in base 32, least
digit first, a digit that is not the last being 32 higher. The digits are A-Z a-z 0-9 + /, so white space means nothing.
"""

import os
import sys

DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

CORE = """Alphabetic Case_Ignorable Cased Changes_When_Casefolded Changes_When_Casemapped Changes_When_Lowercased
Changes_When_Titlecased Changes_When_Uppercased Default_Ignorable_Code_Point Grapheme_Base Grapheme_Extend ID_Continue
ID_Start Lowercase Math Uppercase XID_Continue XID_Start""".split()
LISTED = """ASCII_Hex_Digit Bidi_Control Dash Deprecated Diacritic Extender Hex_Digit IDS_Binary_Operator
IDS_Trinary_Operator Ideographic Join_Control Logical_Order_Exception Noncharacter_Code_Point Pattern_Syntax
Pattern_White_Space Quotation_Mark Radical Regional_Indicator Sentence_Terminal Soft_Dotted Terminal_Punctuation
Unified_Ideograph Variation_Selector White_Space""".split()
EMOJI = """Emoji Emoji_Component Emoji_Modifier Emoji_Modifier_Base Emoji_Presentation Extended_Pictographic""".split()


def fields(directory, name):
    """The fields of each line that holds data."""
    with open(os.path.join(directory, name), encoding="utf-8") as lines:
        for line in lines:
            data = line.split("#")[0].strip()
            if data:
                yield [field.strip() for field in data.split(";")]


def points(text):
    first, _, last = text.partition("..")
    return range(int(first, 16), int(last or first, 16) + 1)


def number(value):
    text = ""
    while value >= 32:
        text += DIGITS[32 + value % 32]
        value //= 32
    return text + DIGITS[value]


def boundaries(members):
    text, last = "", 0
    for point in sorted(members):
        if point - 1 not in members:
            text += number(point - last)
            last = point
        if point + 1 not in members:
            text += number(point + 1 - last)
            last = point + 1
    return text


def collect(directory, name, wanted=None, column=1):
    sets = {}
    for row in fields(directory, name):
        for value in row[column].split():
            if wanted is None or value in wanted:
                sets.setdefault(value, set()).update(points(row[0]))
    return sets


def general_categories(directory):
    sets, first = {}, None
    for row in fields(directory, "UnicodeData.txt"):
        point = int(row[0], 16)
        members = sets.setdefault(row[2], set())
        members.update(range(first, point + 1) if row[1].endswith("Last>") else [point])
        first = point
    return sets


def unique(names):
    return list(dict.fromkeys(names))


def aliases(directory, kind):
    names = {}
    for row in fields(directory, "PropertyValueAliases.txt"):
        if row[0] == kind:
            names[row[1]] = row[1:]
    return names


def binary_properties(directory):
    sets = collect(directory, "DerivedCoreProperties.txt", CORE)
    sets.update(collect(directory, "PropList.txt", LISTED))
    sets.update(collect(directory, "emoji/emoji-data.txt", EMOJI))
    sets.update(collect(directory, "DerivedNormalizationProps.txt", ["Changes_When_NFKC_Casefolded"]))
    sets["Bidi_Mirrored"] = {int(row[0], 16) for row in fields(directory, "UnicodeData.txt") if row[9] == "Y"}
    missing = set(CORE + LISTED + EMOJI) - set(sets)
    assert not missing, missing
    short = {row[1]: row[0] for row in fields(directory, "PropertyAliases.txt")}
    short["White_Space"] = "space"
    return {name: (unique([name, short.get(name, name)]), sets[name]) for name in sets}


def folding_orbits(directory):
    """Each code point that has simple case equivalents, and the next one of its circle."""
    classes = {}
    for row in fields(directory, "CaseFolding.txt"):
        if row[1] in "CS":
            source, target = int(row[0], 16), int(row[2], 16)
            classes.setdefault(target, {target}).add(source)
    following = {}
    for members in classes.values():
        circle = sorted(members)
        for index, point in enumerate(circle):
            following[point] = circle[(index + 1) % len(circle)]
    return following


def folding_text(directory):
    """The distance to the point before, then the way to the next of the circle: doubled, 1 added where it is down."""
    text, last = "", 0
    for point, target in sorted(folding_orbits(directory).items()):
        way = target - point
        text += number(point - last) + number(2 * way if way > 0 else 1 - 2 * way)
        last = point
    return text


def records(entries):
    text = "".join(",".join(names) + ":" + boundaries(members) + ";" for names, members in entries)
    return [text[index:index + 112] for index in range(0, len(text), 112)]


def table(name, comment, lines):
    body = "\n".join("    " + line for line in lines)
    return f'  /// {comment}\n  static let {name}: StaticString = """\n{body}\n    """\n'


def main():
    directory = sys.argv[1] if len(sys.argv) > 1 else "/usr/share/unicode"
    categories, scripts = general_categories(directory), collect(directory, "Scripts.txt")
    category_names, script_names = aliases(directory, "gc"), aliases(directory, "sc")
    long_to_short = {names[1]: short for short, names in script_names.items()}
    extended = {name: set(members) for name, members in scripts.items()}
    for row in fields(directory, "ScriptExtensions.txt"):
        for common in ("Common", "Inherited"):
            extended[common] -= set(points(row[0]))
        for short in row[1].split():
            extended[script_names[short][1]].update(points(row[0]))
    script_entries = [
        (unique([name] + script_names[long_to_short[name]]), name) for name in sorted(scripts)]
    folding = folding_text(directory)
    parts = [
        table("generalCategories", "The leaves of the general category, by short name first.", records(
            (unique(category_names[name]), categories[name]) for name in sorted(categories))),
        table("scripts", "The property Script, by long name first.", records(
            (names, scripts[name]) for names, name in script_entries)),
        table("scriptExtensions", "Script_Extensions where they differ from Script.", records(
            (names, extended[name]) for names, name in script_entries if extended[name] != scripts[name])),
        table("binaryProperties", "The binary properties that ECMA-262 names.", records(
            entry for _, entry in sorted(binary_properties(directory).items()))),
        table("foldingOrbits", "Simple case folding: distance and way to the next equivalent, in turns.", [
            folding[index:index + 112] for index in range(0, len(folding), 112)]),
    ]
    with open(os.path.join(directory, "ReadMe.txt"), encoding="utf-8") as lines:
        version = next(word for line in lines for word in line.split() if word.count(".") == 2 and word[0].isdigit())
    head = (
        "// Written by generate.py in this folder; do not edit. The form of the tables is described there.\n\n"
        f"/// Unicode Character Database {version.rstrip('.,')}.\nenum UnicodeData {{\n")
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "UnicodeData.swift")
    with open(path, "w", encoding="utf-8") as out:
        out.write(head + "\n".join(parts) + "}\n")


if __name__ == "__main__":
    main()
