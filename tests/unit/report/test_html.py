"""One file that can be mailed, opened offline and printed; names from the file cannot do anything in it."""

import re
from html.parser import HTMLParser

import pytest

from ccsim.report import html
from tests.small_run import TITLE, small_run


class Page(HTMLParser):
    """Elements and attributes of a page."""

    def __init__(self, text):
        super().__init__()
        self.elements, self.attributes = [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.elements.append(tag)
        self.attributes += attrs


@pytest.fixture(scope="module")
def text():
    return html(small_run())


@pytest.fixture(scope="module")
def page(text):
    return Page(text)


@pytest.mark.slow
def test_text_of_the_file_is_escaped(text):
    """A title is text, whatever is written in it."""
    assert TITLE not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert "&lt;i&gt;tags&lt;/i&gt;" in text


def test_there_is_no_script(page):
    assert "script" not in page.elements
    assert not [name for name, _ in page.attributes if name.startswith("on")]


def test_nothing_is_fetched_from_elsewhere(text, page):
    """No image, style, font or link to another file: the page must open on a train."""
    assert not {"link", "iframe", "img", "object", "embed", "base"} & set(page.elements)
    references = [value for name, value in page.attributes if name in ("src", "href", "xlink:href", "data", "action")]
    assert all(value.startswith("#") for value in references)
    assert "@import" not in text
    assert all(target.startswith("#") for target in re.findall(r"url\(([^)]*)\)", text))


def test_ids_are_unique_and_every_reference_finds_its_id(text, page):
    """Two SVG pictures in one page must not draw with each other's parts."""
    ids = [value for name, value in page.attributes if name == "id"]
    assert len(ids) == len(set(ids))
    used = {value[1:] for name, value in page.attributes if name in ("href", "xlink:href")}
    used |= set(re.findall(r"url\(#([^)]*)\)", text))
    assert used
    assert used <= set(ids)


def test_the_same_results_give_the_same_bytes():
    """But for the pictures, of which the test of the folder tells the same."""
    assert html(small_run(), []) == html(small_run(), [])


def test_the_answer_comes_before_the_tables(text):
    assert text.index("No scenario is shown to meet every target.") < text.index("<table>")


def test_every_target_shows_its_verdict(text):
    verdicts = re.findall(r'class="badge (\w+)"', text)
    assert verdicts == list(small_run().targets()["verdict"])


def test_no_missing_value_shows_as_nan(page, text):
    assert not re.search(r">\s*nan", text, re.IGNORECASE)
