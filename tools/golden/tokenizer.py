"""Token ids of transformers for texts that are easy to get wrong.

python tools/golden/tokenizer.py   (needs transformers; writes numclip-core/src/test/resources/parity/tokenizer.json)
"""

import json
import pathlib

from transformers import AutoTokenizer

RESOURCES = pathlib.Path(__file__).parents[2] / "numclip-core/src/test/resources"

TEXTS = [
    "",
    " ",
    "\t\n \r\n",
    "A Photo OF a CHILD",
    "a\tphoto\nof  two   apples ",
    "1234567890 37 3.14 1930s",
    "it's we're they'll I'd I've don't I'm",
    "café déjà vu — naïve “quotes” … ½ №5",
    "cafe\u0301 with a combining accent",
    "Ελληνικά кириллица 中文字符 日本語 한국어 العربية עברית हिन्दी",
    "😀👩‍👩‍👧 🇫🇷 🏳️‍🌈 emoji",
    "&amp; &lt;b&gt; &#39;html&#39; <br/>",
    "<|startoftext|> inside <|endoftext|> the text",
    "\u00a0non-breaking\u2003em space\u200bzero width",
    "İstanbul ISTANBUL ß ẞ ﬁ ligature ǅ",
    "snake_case camelCase kebab-case a.b.c http://example.org/?q=1&r=2",
    "!!!??? ... --- ___ ###",
    "a" * 500,
    "word " * 200,
    "\u0000control\u0007characters\u001b[31m",
    "x" + "\u0301" * 20,
    "the person is thirty-seven (37) years old.",
    "twenty one, twenty-two; twenty three",
]


def main():
    tokenizer = AutoTokenizer.from_pretrained(RESOURCES / "golden/clip-tiny-random")
    cases = []
    for text in TEXTS:
        cases.append(
            {
                "text": text,
                "ids": tokenizer(text, truncation=True, max_length=77)["input_ids"],
                "words": tokenizer(text, add_special_tokens=False)["input_ids"],
            }
        )
    out = RESOURCES / "parity/tokenizer.json"
    out.write_text(json.dumps(cases, indent=1) + "\n")


main()
