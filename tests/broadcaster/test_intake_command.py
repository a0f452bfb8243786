"""`broadcaster intake`: facts as JSON, exit code 2 when the text can't be trusted, one Vietnamese line when refused."""

import json
from zoneinfo import ZoneInfo

import pytest

from audio.errors import BadText
from broadcaster.words import TEXT_FILES, explain
from tests.audio.intake import made
from tests.audio.intake.corpus import SENTENCES
from tests.broadcaster.test_cli import one_vietnamese_line, run

__all__ = ["run"]
KEYS = {"text", "format", "encoding", "dropped", "damaged", "warnings", "other"}


def test_a_document_is_told_as_facts(run, tmp_path):
    path = tmp_path / "tin.bin"
    path.write_bytes(made.as_docx(made.paragraphs("vni", SENTENCES[:3])))
    code, out, _ = run("intake", path, "--json")
    facts = json.loads(out)
    assert code == 0
    assert set(facts) == KEYS
    assert (facts["text"], facts["format"], facts["encoding"]) == ("\n".join(SENTENCES[:3]), "docx", "vni")


@pytest.mark.parametrize("text", ["Công an xã b?o v? bình yên", "ra mét vô"])
def test_text_that_cannot_be_trusted_is_shown_with_exit_code_2(run, tmp_path, text):
    path = tmp_path / "tin.txt"
    path.write_text(text, encoding="utf-8")
    code, out, err = run("intake", path, "--json")
    facts = json.loads(out)
    assert code == 2
    assert facts["damaged"] or facts["other"]
    assert one_vietnamese_line(err)


def test_nothing_doubtful_is_rendered_or_added_unseen(run, tmp_path):
    path = tmp_path / "tin.txt"
    path.write_text("Công an xã b?o v? bình yên", encoding="utf-8")
    add = ("bulletin", "add", path, "--programme", "an-ninh-nui-thanh", "--by", "lan")
    for command in (("render", path, "-o", tmp_path / "o.flac"), add):
        code, out, err = run(*command)
        assert (code, out) == (2, "")
        assert one_vietnamese_line(err)
        assert "--sure" in err
    assert run("user", "add", "lan", "--role", "author", stdin="mật khẩu thật dài\n")[0] == 0
    assert run(*add, "--sure")[0] == 0


@pytest.mark.parametrize("code", TEXT_FILES)
def test_every_refusal_is_one_vietnamese_line_that_says_what_to_do(code):
    line = explain(BadText(code, "tin.doc"), ZoneInfo("Asia/Ho_Chi_Minh"))
    assert one_vietnamese_line(line)
    assert "tin.doc" in line
    assert any(word in line for word in ("Hãy", "hãy"))
