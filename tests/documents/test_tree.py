"""YAML is read as texts with positions, and nothing hostile gets through."""

import pytest

from pacecalc.documents.reading import read_yaml
from pacecalc.documents.tree import (
    MAXIMUM_DEPTH,
    MAXIMUM_NODES,
    Mapping,
    Scalar,
    find_node,
    plain,
    shorten,
    spell_place,
)
from pacecalc.errors import DocumentError


def refusal(text: str) -> str:
    with pytest.raises(DocumentError) as caught:
        read_yaml(text, file="f.yaml")
    return str(caught.value)


def test_scalars_stay_as_they_are_written():
    text = "a: 12:30\nb: NO\nc: 0o17\nd: 2026-08-15\ne: 1_000\nf: 0.10\n"
    assert plain(read_yaml(text)) == {
        "a": "12:30",
        "b": "NO",
        "c": "0o17",
        "d": "2026-08-15",
        "e": "1_000",
        "f": "0.10",
    }


def test_keys_without_a_value_are_left_out_but_quoted_ones_stay():
    assert plain(read_yaml("a:\nb: ~\nc: null\nd: ''\ne: 'null'\n")) == {"d": "", "e": "null"}


def test_every_value_knows_its_line_and_column():
    root = read_yaml("a: 1\nb:\n  - x\n  - {c: here}\n")
    node = find_node(root, ("b", 1, "c"))
    assert isinstance(node, Scalar)
    assert (node.text, node.line, node.column) == ("here", 4, 9)


def test_a_place_that_is_not_there_gives_the_nearest_above():
    root = read_yaml("a: {b: 1}\n")
    node = find_node(root, ("a", "c", 3))
    assert isinstance(node, Mapping)
    assert node.line == 1
    assert find_node(root, ("a", "b", "c")).text == "1"
    assert find_node(None, ("a",)) is None


def test_nothing_at_all_is_none():
    assert read_yaml("") is None
    assert read_yaml("# only a comment\n") is None
    assert plain(None) is None


def test_byte_order_mark_and_windows_lines_are_welcome(tmp_path):
    path = tmp_path / "w.yaml"
    path.write_bytes(b"\xef\xbb\xbfa: 1\r\nb:\r\n  - 2\r\n")
    root = read_yaml(path)
    assert plain(root) == {"a": "1", "b": ["2"]}
    assert find_node(root, ("b", 0)).line == 3


def test_duplicate_keys_are_all_named_with_the_first_line():
    message = refusal("a: 1\nb: 2\na: 3\nb: 4\n")
    assert message.splitlines() == [
        "f.yaml:3:1: the key 'a' is given twice, first in line 1; keep one",
        "f.yaml:4:1: the key 'b' is given twice, first in line 2; keep one",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: &x 1\n", "f.yaml:1:4: '&x' names a value for reuse, which is not supported"),
        ("a: *x\n", "f.yaml:1:4: '*x' points to another value; write the value out here"),
        (
            "a: !!python/object:os.system x\n",
            "f.yaml:1:4: the tag 'tag:yaml.org,2002:python/object:os.system' is not supported; remove it",
        ),
        ("a: 1\n---\nb: 2\n", "f.yaml:2:1: a second document starts here"),
        ("? [a]\n: 1\n", "f.yaml:1:3: a list or mapping stands where a key is expected"),
        ("a: 1\n\tb: 2\n", "f.yaml:2:1: not valid YAML: a tab is used to indent; use spaces"),
        ("a:\n\tb: 2\n", "a tab is used to indent; use spaces"),
        ("a: [1,\n  2\n", "a list that starts with '[' is not closed; add ']' or a missing ',' (it starts in line 1)"),
        ("a: {b: 1\n", "a mapping that starts with '{' is not closed"),
        ('x: "abc\n', "a quoted text is not closed; add the closing quote"),
        ("a: b: c\n", "f.yaml:1:5: not valid YAML: a second ': ' stands in one line"),
        ("a: @b\n", "a text must not start with this character; put it in quotes"),
        ("- a\nb: 1\n", "this line does not belong to the list above it"),
        ('a: "\\z"\n', "an unknown escape stands after"),
        ('a: "x" y\n', "'key: value' is expected here"),
        ("%YAML 3.0\n---\na: 1\n", "this YAML version is not supported"),
        ("a: b\x07c\n", "f.yaml:1:5: not valid YAML: the control character U+0007 stands here; remove it"),
        ("a: \ud800\n", "the character U+D800 is half a letter"),
    ],
)
def test_what_is_not_plain_yaml_is_refused_with_place_and_remedy(text, said):
    message = refusal(text)
    assert said in message
    assert "\n" not in message


def test_exploding_aliases_never_explode():
    bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{chr(98 + i)}: &{chr(98 + i)} [{','.join(['*' + chr(97 + i)] * 9)}]\n" for i in range(9)
    )
    assert "names a value for reuse" in refusal(bomb)


@pytest.mark.parametrize("text", ["[" * 500_000, "{a: " * 300_000, "- " * 500_000])
def test_deep_nesting_stops_at_once(text):
    assert f"nested more than {MAXIMUM_DEPTH} deep" in refusal(text)


def test_nested_complex_keys_stop_at_once():
    assert "a list or mapping stands where a key is expected" in refusal("? " * 500_000)


def test_a_million_values_stop_early():
    assert f"more than {MAXIMUM_NODES:,} values" in refusal("[" + "1," * 900_000 + "]")


def test_text_over_two_megabytes_is_refused():
    assert "larger than 2 MB" in refusal("a: " + "x" * 2_000_001)


def test_messages_hold_no_control_characters_and_no_endless_text():
    assert shorten("a\x1b[31mb\n" + "x" * 100) == "a [31mb " + "x" * 51 + "…"
    assert spell_place(("waypoints", 3, "cutoff", "elapsed")) == "waypoints[3].cutoff.elapsed"
