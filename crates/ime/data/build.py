#!/usr/bin/env python3
"""Builds words.bin: the dictionary of the pinyin engine.

    python3 -m venv v && v/bin/pip install jieba==0.42.1 pypinyin==0.55.0
    v/bin/python build.py FOLDER words.bin

FOLDER holds lm_sc.arpa and dict_sc.txt of libime 1.0.16. The recipe and the format of
words.bin are in README.md beside this file; ../src/dictionary.rs reads it.
"""
import collections
import math
import os
import struct
import sys

import jieba
from pypinyin import Style, lazy_pinyin
from pypinyin.pinyin_dict import pinyin_dict

HERE = os.path.dirname(os.path.abspath(__file__))
WORDS = 80_000
PAIRS = 670_000
LONGEST = 8
# The shares below were tried on the part `tune` of ../tests/phrases.tsv.
# How much of the language is spoken in the centre: as words, and after a word that is common there.
CENTRE_SHARE = 0.5
CENTRE_PAIRS = 0.75
# Beginnings are half like any word; a word said so often ends a text as often as others do.
LIKE_INSIDE = 0.5
EDGE_PRIOR = 4
TITLES = "爷爷 婆婆 奶奶 大爷 大妈 阿姨 叔叔 孃孃 老师 医生 主任 书记 师傅 护士 先生 女士".split()
# How often somebody is addressed, against the sentences of the centre.
TITLES_SAID = 100


def han(text):
    return all(0x3400 <= ord(c) <= 0x9FFF or ord(c) == 0x3007 or 0x20000 <= ord(c) <= 0x323AF for c in text)


def cost(probability):
    """Nats in tenths; what is rarer than e^-25.5 counts as that."""
    return max(0, min(255, round(-10 * math.log(max(probability, 1e-30)))))


TONES = str.maketrans("āáǎàēéěèōóǒòīíǐìūúǔùǖǘǚǜüńňǹḿế", "aaaaeeeeooooiiiiuuuuvvvvvnnnme")


def toneless(reading):
    plain = "".join(c for c in reading.translate(TONES) if "a" <= c <= "z")
    return plain.replace("ê", "e")


def lines(name):
    for line in open(os.path.join(HERE, name), encoding="utf-8"):
        line = line.strip()
        if line and not line.startswith("#"):
            yield line


def read_arpa(path):
    """Probabilities of words, of words after a word, and back-off weights: nats."""
    words, pairs, backoffs, order = {}, {}, {}, 0
    for line in open(path, encoding="utf-8"):
        if line.startswith("\\"):
            order = int(line[1]) if line[1:2].isdigit() else 0
            if order > 2:
                break
            continue
        fields = line.rstrip("\n").split("\t")
        if order == 0 or len(fields) < 2:
            continue
        tokens = fields[1].split()
        if not all(han(token) for token in tokens):
            continue
        if order == 1:
            words[tokens[0]] = 10 ** float(fields[0])
            backoffs[tokens[0]] = 10 ** float(fields[2]) if len(fields) > 2 else 1.0
        else:
            pairs[tokens[0], tokens[1]] = 10 ** float(fields[0])
    return words, pairs, backoffs


def read_readings(path):
    """The reading of each word, as libime has it."""
    readings = {}
    for line in open(path, encoding="utf-8"):
        word, reading = line.split()[:2]
        readings.setdefault(word, reading.split("'"))
    return readings


class Trie:
    """Words by their syllables, in breadth-first order, so that a node's children and words
    are ranges and a word's length is its depth."""

    def __init__(self, syllables, chars, entries):
        """`entries`: (readings, text, cost)."""
        root = {}
        for reading, text, price in entries:
            node = root
            for syllable in reading:
                node = node.setdefault(syllables[syllable], {})
            node.setdefault(None, []).append((price, [chars[c] for c in text], text, tuple(reading)))
        order, self.words, level = [], [], [root]
        index = 0
        nodes = []
        while level:
            following = []
            for node in level:
                nodes.append(node)
                following.extend(node[k] for k in sorted(k for k in node if k is not None))
            level = following
        labels = {id(root): 0}
        for node in nodes:
            for key, child in node.items():
                if key is not None:
                    labels[id(child)] = key
        best = {}
        for node in reversed(nodes):
            own = [price for price, *_ in node.get(None, [])]
            best[id(node)] = min(own + [best[id(child)] for key, child in node.items() if key is not None], default=255)
        depth = {id(root): 0}
        first_child, packed = 1, []
        starts = [0]
        for node in nodes:
            d = depth[id(node)]
            while len(starts) <= d:
                starts.append(len(self.words))
            packed.append(labels[id(node)] | first_child << 9 | len(self.words) << 29 | best[id(node)] << 49)
            for key, child in node.items():
                if key is not None:
                    depth[id(child)] = d + 1
                    first_child += 1
            self.words.extend(sorted(node.get(None, []), key=lambda w: w[0]))
        packed.append(first_child << 9 | len(self.words) << 29)
        assert first_child < 1 << 20 and len(self.words) < 1 << 20
        self.starts = starts + [len(self.words)]
        self.nodes = packed

    def bytes(self):
        out = struct.pack("<III", len(self.nodes), len(self.words), len(self.starts))
        out += struct.pack(f"<{len(self.starts)}I", *self.starts)
        out += b"\0" * (-len(out) % 8)
        out += struct.pack(f"<{len(self.nodes)}Q", *self.nodes)
        out += b"".join(struct.pack(f"<{len(text)}H", *text) for _, text, *_ in self.words)
        out += bytes(price for price, *_ in self.words)
        return out + b"\0" * (-len(out) % 8)


def main():
    source, out_path = sys.argv[1:]
    jieba.setLogLevel(60)
    language, language_pairs, backoffs = read_arpa(os.path.join(source, "lm_sc.arpa"))
    readings_of_words = read_readings(os.path.join(source, "dict_sc.txt"))

    # Words and sentences of the centre, with readings where the usual one would be wrong.
    own_readings, centre = {}, []
    for line in lines("centre-words.txt"):
        for word in line.split():
            word, _, reading = word.partition("=")
            centre.append(word)
            if reading:
                own_readings[word] = reading.split("'")
    for word in set(centre) | {w for w in language if len(w) > 1}:
        jieba.add_word(word, max(1, int(language.get(word, 1e-5) * 1e8)))
    said, said_pairs, said_left = collections.Counter(centre), collections.Counter(), collections.Counter()
    begins, ends = collections.Counter(), collections.Counter()
    for line in lines("centre-sentences.txt"):
        tokens = list(jieba.cut(line, HMM=False))
        said.update(token for token in tokens if han(token))
        for clause in "".join(t if han(t) else "\n" for t in line).split("\n"):
            words = list(jieba.cut(clause, HMM=False))
            if words:
                begins[words[0]] += 1
                ends[words[-1]] += 1
        for left, right in zip(tokens, tokens[1:]):
            if han(left) and han(right):
                said_pairs[left, right] += 1
                said_left[left] += 1
    # How people are addressed: 李爷爷, 陈阿姨.
    families = list(dict.fromkeys(line.split()[0] for line in lines("surnames.txt")))
    for rank, family in enumerate(families):
        weight = TITLES_SAID / (rank + 12)
        said[family] += weight
        for title in TITLES:
            said_pairs[family, title] += weight / len(TITLES)
            said_left[family] += weight / len(TITLES)
    total = sum(said.values())
    probability = {
        word: (1 - CENTRE_SHARE) * language.get(word, 0) + CENTRE_SHARE * said[word] / total
        for word in set(language) | set(said)
    }
    ranked = sorted((w for w in probability if 1 < len(w) <= LONGEST), key=lambda w: (-probability[w], w))
    kept = set(ranked[:WORDS]) | set(centre)

    # Readings of characters, weighed by the words that they stand in.
    by_reading = collections.defaultdict(collections.Counter)
    for word in sorted(kept):
        reading = own_readings.get(word) or readings_of_words.get(word)
        if not reading or len(reading) != len(word):
            reading = [toneless(s) for s in lazy_pinyin(word, style=Style.TONE)]
        if len(reading) != len(word) or not all(reading):
            continue
        own_readings[word] = reading
        for char, syllable in zip(word, reading):
            by_reading[char][syllable] += probability[word]
    entries, chars_of = [], set()
    for point, readings in sorted(pinyin_dict.items()):
        char = chr(point)
        if not han(char):
            continue
        listed = []
        for reading in readings.split(","):
            syllable = toneless(reading)
            if syllable and syllable not in listed and syllable not in ("m", "n", "ng", "hm", "hng"):
                listed.append(syllable)
        if not listed:
            continue
        chance = probability.get(char, 0)
        seen = sum(by_reading[char][s] for s in listed)
        for place, syllable in enumerate(listed):
            prior = 0.9 if place == 0 else 0.1 / (len(listed) - 1)
            if len(listed) == 1:
                prior = 1.0
            share = (by_reading[char][syllable] + 0.3 * max(chance, 1e-7) * prior) / (seen + 0.3 * max(chance, 1e-7))
            # Rare characters keep the order of their code points within the last tenths.
            rare = 3e-10 if point < 0x9FA6 else 3e-11
            entries.append(([syllable], char, cost(max(chance * share, rare * prior))))
        chars_of.add(char)
    for word in sorted(kept):
        reading = own_readings.get(word)
        if reading and len(reading) == len(word) and all(c in chars_of for c in word):
            entries.append((reading, word, cost(probability[word])))

    # Names: family names by rank, given names by position.
    surnames = []
    ranks = list(dict.fromkeys(line for line in lines("surnames.txt")))
    weights = [1 / (rank + 12) ** 1.35 for rank in range(len(ranks))]
    for line, weight in zip(ranks, weights):
        text, reading = line.split()
        syllables_of = [toneless(s) for s in lazy_pinyin(text, style=Style.TONE)] if len(text) > 1 else [reading]
        if len(text) > 1:
            syllables_of = split_reading(reading, syllables_of)
        surnames.append((syllables_of, text, cost(weight / sum(weights) * (1 if len(text) == 1 else 3))))
    families = {text for _, text, _ in surnames}
    firsts, lasts, doubles = collections.Counter(), collections.Counter(), collections.Counter()
    dictionary = os.path.join(os.path.dirname(jieba.__file__), "dict.txt")
    for line in open(dictionary, encoding="utf-8"):
        word, count, kind = line.split()
        if kind == "nr" and word[0] in families and len(word) == 3 and han(word):
            weight = math.log(1 + int(count))
            firsts[word[1]] += weight
            lasts[word[2]] += weight
            doubles[word[1:]] += weight
    named = collections.Counter(), collections.Counter(), collections.Counter()
    for name in lines("names.txt"):
        given = name[2:] if name[:2] in families else name[1:]
        named[0][given[0]] += 1
        if len(given) == 2:
            named[1][given[1]] += 1
            named[2][given] += 1
    own = {"F": [], "L": []}
    for line in lines("given-names.txt"):
        own[line[0]].extend(c for c in line[1:].split() if c not in own[line[0]])

    def position(counter, listed, names):
        """From books, from the list by rank, and from names of the generation, 3 to 3 to 4."""
        zipf = {c: 1 / (i + 25) for i, c in enumerate(listed)}
        a, b, n = sum(counter.values()), sum(zipf.values()), sum(names.values())
        return {
            c: 0.3 * counter[c] / a + 0.3 * zipf.get(c, 0) / b + 0.4 * names[c] / n
            for c in set(counter) | set(zipf) | set(names)
        }

    def one_syllable(table):
        for char, chance in sorted(table.items()):
            if char in chars_of and chance > 2e-6:
                for syllable in readings_of(char):
                    yield [syllable], char, cost(chance)

    def readings_of(char):
        common = by_reading[char].most_common()
        total = sum(n for _, n in common)
        good = [s for s, n in common if n > 0.15 * total]
        return good or [toneless(pinyin_dict[ord(char)].split(",")[0])]

    first_table, last_table = position(firsts, own["F"], named[0]), position(lasts, own["L"], named[1])
    double_total, named_total = sum(doubles.values()), sum(named[2].values())
    double_entries = []
    for given in sorted(set(doubles) | set(named[2])):
        free = first_table[given[0]] * last_table[given[1]]
        chance = 0.1 * doubles[given] / double_total + 0.3 * named[2][given] / named_total
        if (doubles[given] > 3.5 or named[2][given]) and chance > 2 * free and all(c in chars_of for c in given):
            double_entries.append(([readings_of(given[0])[0], readings_of(given[1])[0]], given, cost(chance)))

    first_entries = list(one_syllable(first_table))
    last_entries = list(one_syllable(last_table))
    all_entries = [entries, surnames, first_entries, last_entries, double_entries]
    names = sorted({s for group in all_entries for reading, _, _ in group for s in reading})
    syllables = {name: i for i, name in enumerate(names)}
    assert len(names) < 512
    table = sorted({c for group in all_entries for _, text, _ in group for c in text})
    chars = {c: i for i, c in enumerate(table)}
    tries = [Trie(syllables, chars, group) for group in all_entries]

    # Pairs: those that say most beyond what the words say alone.
    ids = collections.defaultdict(list)
    for i, (price, _, text, reading) in enumerate(tries[0].words):
        ids[text].append((price, i))
    for text, listed in ids.items():
        listed.sort()
        ids[text] = [i for price, i in listed if price <= listed[0][0] + 20]
    scored = []
    for left, right in sorted(set(language_pairs) | set(said_pairs)):
        if left not in ids or right not in ids:
            continue
        alone = backoffs.get(left, 1.0) * probability[right]
        chance = language_pairs.get((left, right), alone)
        count = said_left[left]
        if count:
            share = CENTRE_PAIRS * count / (count + 5)
            chance = (1 - share) * chance + share * said_pairs[left, right] / count
        if chance > alone * 1.2:
            scored.append((probability[left] * chance * math.log(chance / alone), left, right, chance))
    scored.sort(key=lambda s: (-s[0], s[1], s[2]))
    rows = collections.defaultdict(dict)
    mass, mass_alone = collections.Counter(), collections.Counter()
    kept_pairs = 0
    for _, left, right, chance in scored:
        new = len(ids[left]) * len(ids[right])
        if kept_pairs + new > PAIRS:
            break
        kept_pairs += new
        mass[left] += chance
        mass_alone[left] += probability[right]
        for a in ids[left]:
            for b in ids[right]:
                rows[a][b] = cost(chance)
    # How a text begins and ends, where that says more than the words do: pairs with one more word.
    edge = len(tries[0].words)
    spoken = collections.Counter({word: n for word, n in said.items() if word in ids})
    ending = sum(ends.values()) / sum(spoken.values())
    for word, count in sorted(spoken.items()):
        chance = (ends[word] + EDGE_PRIOR * ending) / (count + EDGE_PRIOR)
        if abs(math.log(chance / ending)) > 0.2:
            for i in ids[word]:
                rows[i][edge] = cost(min(chance, 0.95))
    for word, count in sorted(begins.items()):
        chance = (1 - LIKE_INSIDE) * count / sum(begins.values()) + LIKE_INSIDE * probability[word]
        if word in ids and chance > 1.2 * LIKE_INSIDE * probability[word]:
            for i in ids[word]:
                rows[edge][i] = cost(chance)
    assert edge < 1 << 17
    starts, row_bytes = bytearray(), bytearray()
    written = 0
    for i in range(edge + 2):
        starts += struct.pack("<I", written)[:3]
        for right, price in sorted(rows.get(i, {}).items()):
            row_bytes += struct.pack("<I", right | min(price // 2, 127) << 17)[:3]
            written += 1
    backoffs = bytes(
        cost(min(1.0, max(1 - mass[text], 0.02) / max(1 - mass_alone[text], 0.05))) for _, _, text, _ in tries[0].words
    ) + bytes([cost(LIKE_INSIDE), cost(ending)])

    parts = [
        struct.pack(f"<{len(table)}I", *[ord(c) for c in table]),
        "\n".join(names).encode(),
        *[trie.bytes() for trie in tries],
        bytes(starts),
        bytes(row_bytes),
        backoffs,
    ]
    at = 8 + 8 * len(parts)
    header, body = b"", b""
    for part in parts:
        part_start = at + len(body)
        header += struct.pack("<II", part_start, len(part))
        body += part + b"\0" * (-len(part) % 8)
    blob = b"PYWORDS1" + header + body
    open(out_path, "wb").write(blob)
    print(
        f"{len(names)} syllables, {len(table)} characters, {len(tries[0].words)} words, {written} pairs, "
        f"{len(surnames)} family names, {len(double_entries)} given names, {len(blob)} bytes"
    )


def split_reading(joined, guess):
    """The reading of a family name of two characters, cut where the parts are syllables."""
    known = {toneless(r) for readings in pinyin_dict.values() for r in readings.split(",")}
    if "".join(guess) == joined:
        return guess
    cuts = [[joined[:i], joined[i:]] for i in range(1, len(joined)) if joined[:i] in known and joined[i:] in known]
    assert cuts, joined
    return max(cuts, key=lambda cut: len(cut[0]))


if __name__ == "__main__":
    main()
