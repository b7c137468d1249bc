"""The program behind `portal.base.document_texts`: a PDF on its input, the words of its pages out.

It runs with `python -I` and knows neither Django nor the settings. A file that costs too much ends
with this process; one that pdfium cannot open ends it with an exit code.
"""

import json
import sys
import unicodedata

import pypdfium2


def pages_of(data: bytes, most_pages: int, most_letters: int) -> tuple[int, list[str]]:
    """How many pages there are, and the words of the first ones, each as one line."""
    document = pypdfium2.PdfDocument(data)
    texts, left = [], most_letters
    for number in range(min(len(document), most_pages)):
        if left <= 0:
            break
        texts.append(_words_of(document, number, left))
        left -= len(texts[-1])
    return len(document), texts


def _words_of(document, number: int, most: int) -> str:
    """A damaged page among whole ones has no words; the others still have theirs."""
    try:
        page = document[number]
        letters = page.get_textpage()
        raw = letters.get_text_range(count=min(letters.count_chars(), most), errors="ignore")
        page.close()  # with its letters: the memory of a page is free before the next one
    except pypdfium2.PdfiumError:
        return ""
    # pdfium marks a hyphen at the end of a line as U+FFFE or U+0002: the word goes on.
    whole = raw.replace("\ufffe", "").replace("\x02\r\n", "").replace("\x02", "")
    readable = "".join(
        " " if unicodedata.category(letter) in ("Cc", "Zl", "Zp") or letter == "•" else letter
        for letter in unicodedata.normalize("NFKC", whole)
        if unicodedata.category(letter) not in ("Cn", "Co", "Cs", "Cf")
    )
    return " ".join(readable.split())[:most]


def main() -> None:
    """`document_reader.py PAGES LETTERS`: JSON with the number of pages and the text of each."""
    most_pages, most_letters = map(int, sys.argv[1:])
    number, texts = pages_of(sys.stdin.buffer.read(), most_pages, most_letters)
    sys.stdout.buffer.write(json.dumps({"pages": number, "texts": texts}).encode())


if __name__ == "__main__":
    main()
