"""No page speaks of measures, addresses, codes, names of models or commands that an untrained person can not know."""

import re

JARGON = re.compile(
    r"LUFS|dBTP|\bUR[IL]\b|UUID|RRULE|FREQ=|BYDAY|RSCALE|vi\+f2|piper|espeak|vi_VN|null:|sound:|MB/s|sha256|cron\b"
    r"|[0-9a-f]{8}-[0-9a-f]{4}-|broadcaster [a-z]",
    re.IGNORECASE,
)
UNSEEN = re.compile(r"<head>.*?</head>|<script.*?</script>|<details.*?</details>|<code>.*?</code>", re.DOTALL)
FOR_TECHNICIANS = {"tokens.index"}


def test_no_page_speaks_to_technicians_only(furnished):
    found = {
        f"{path}: {word[0]}"
        for endpoint, path, text in furnished.pages()
        if endpoint not in FOR_TECHNICIANS
        for word in JARGON.finditer(re.sub(r"<[^>]+>", " ", UNSEEN.sub(" ", text)))
    }
    assert sorted(found) == []
