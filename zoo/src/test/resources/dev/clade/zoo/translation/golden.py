"""Writes bleu.jsonl and merges.txt beside this file: what sacreBLEU and subword-nmt, the reference programs, say.

    pip install sacrebleu==2.6.0 subword-nmt==0.3.8
    python golden.py
"""

import io
import json
import random
from collections import Counter
from pathlib import Path

from sacrebleu.metrics import BLEU
from sacrebleu.tokenizers.tokenizer_13a import Tokenizer13a
from subword_nmt.apply_bpe import BPE
from subword_nmt.learn_bpe import learn_bpe

HERE = Path(__file__).parent

PAIRS = [
    ("", "A man rides a bicycle."),
    ("A man rides a bicycle.", "A man rides a bicycle."),
    ("A man rides a bicycle", "A man rides a bicycle."),
    ("a man rides a bicycle .", "A man rides a bicycle."),
    ("one", "one"),
    ("two words", "two words"),
    ("three little words", "three little words"),
    ("nothing in common here", "quite another sentence altogether"),
    ("It costs 1,234.56 dollars, or 3.14.", "It costs 1,234.56 dollars, or 3.14."),
    ("It costs 1,234 .56 dollars", "It costs 1 ,234.56 dollars , really"),
    ("The years 1990-1995 and A-1 and 5-a", "The years 1990 - 1995 and A-1 and 5 -a"),
    ("well-known half-hearted e-mail", "well - known half-hearted email"),
    ("R&amp;D says &quot;no&quot; &lt;b&gt;", "R&D says \"no\" <b>"),
    ("&amp;lt; &apos; &#39; &nbsp;", "&lt; ' &#39; &nbsp;"),
    ("&amp;quot;", "\""),
    ("<skipped> a b c d e", "a b c d e"),
    ("\u201eGuten Tag\u201c, sagte er \u2013 leise\u2026", "\u201eGuten Tag\u201c , sagte er \u2013 leise \u2026"),
    ("Ein Ma\u0308dchen l\u00e4uft \u00fcber die Stra\u00dfe.", "Ein M\u00e4dchen l\u00e4uft \u00fcber die Stra\u00dfe."),
    ("spaces\u00a0that\u2003are\u3000not\u0085plain\u001cat all", "spaces that are not plain at all"),
    ("zero\u200bwidth does not split", "zero width does not split"),
    ("trailing spaces \t ", "   leading spaces trailing spaces"),
    ("(a) [b] {c} <d> ~e `f` ^g _h_ |i| \\j\\ /k/", "(a) [b] {c} <d> ~e `f` ^g _h_ |i| \\j\\ /k/"),
    ("a.b a. .b a,b 1.a a.1 .5 5. ,5 5, ..", "a.b a. .b a,b 1.a a.1 .5 5. ,5 5, .."),
    ("!\"#$%&'()*+,-./:;<=>?@", "! \" # $ % & ' ( ) * + , - . / : ; < = > ? @"),
    ("\U0001F600 smiles \U0001F600.", "\U0001F600 smiles\U0001F600 ."),
    ("\u4e2d\u6587\u3002 1\uff0c000", "\u4e2d\u6587 \u3002 1\uff0c000"),
    ("the the the the the the the", "the cat is on the mat"),
    ("a b c d e f g h i j k l m n o p", "a b c d"),
    ("a b c d", "a b c d e f g h i j k l m n o p"),
    ("don't can't o'clock 's", "do n't can't o'clock 's"),
    ("10% of $5.00 = #1 @ 3*4+2", "10 % of $ 5.00 = # 1 @ 3 * 4 + 2"),
    (". , - 1- -1 1-1", ". , - 1 - - 1 1 - 1"),
    ("line-\nbroken and\nanother", "linebroken and another"),
    ("..., --- 1..2 3,,4", "... , -- - 1..2 3,,4"),
]


def sentences(rng: random.Random, count: int) -> list[tuple[str, str]]:
    """Random pairs over a few words and signs, many of them alike."""
    words = "ein eine Mann Frau Hund l\u00e4uft steht im am auf 12 3,5 - . , \u201eHaus\u201c Stra\u00dfe-1 &amp; (rot)".split()
    found = []
    for _ in range(count):
        reference = [rng.choice(words) for _ in range(rng.randint(1, 14))]
        hypothesis = [rng.choice(words) if rng.random() < 0.3 else word for word in reference]
        if rng.random() < 0.3:
            hypothesis = hypothesis[: rng.randint(0, len(hypothesis))]
        found.append((" ".join(hypothesis), " ".join(reference)))
    return found


def corpora() -> list[tuple[str, list[tuple[str, str]]]]:
    rng = random.Random(5)
    found = [(f"pair-{i}", [pair]) for i, pair in enumerate(PAIRS)]
    found.append(("all-pairs", PAIRS))
    for size in (2, 3, 5, 10, 20, 200):
        for repeat in range(3):
            found.append((f"random-{size}-{repeat}", sentences(rng, size)))
    return found


def bleu() -> None:
    tokens = Tokenizer13a()
    metric = BLEU()
    lines = []
    for name, pairs in corpora():
        score = metric.corpus_score([h for h, _ in pairs], [[r for _, r in pairs]]).score
        rows = [[h, r, tokens(h.rstrip()), tokens(r.rstrip())] for h, r in pairs]
        lines.append(json.dumps([name, score, *rows]))
    (HERE / "bleu.jsonl").write_text("\n".join(lines) + "\n", encoding="ascii")


TEXT = """\
low lower lowest new newer newest wide wider widest slow slower slowest show shower
the theme then there these thesis anthem anthology bathe father gather lather mother
banana bandana ananas aaaa aaaaa aaaaaaa abababab baba abba mississippi missing kiss
Stra\u00dfe Stra\u00dfen M\u00e4dchen M\u00e4nner Haus H\u00e4user Hausboot Bootshaus l\u00e4uft laufen Lauf
low low low low lower lower newest newest newest widest widest newer the the the the
"""


def merges() -> None:
    out = io.StringIO()
    learn_bpe(io.StringIO(TEXT), out, 60, min_frequency=2)
    learned = out.getvalue().splitlines()[1:]
    bpe = BPE(io.StringIO(out.getvalue()))
    unseen = "lowest newcomer anthems slowly Hausm\u00e4dchen bananas aaaaaa Bootstra\u00dfe xyz"
    counts = Counter(TEXT.split())
    lines = ["words", *(f"{word} {count}" for word, count in sorted(counts.items()))]
    lines += ["merges", *learned, "splits"]
    for word in sorted({*TEXT.split(), *unseen.split()}):
        lines.append(" ".join(bpe.segment_tokens([word])).replace("@@ ", " "))
    (HERE / "merges.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    bleu()
    merges()
