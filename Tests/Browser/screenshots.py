"""Pictures of every page in an ignored folder, for people to look at, with sheets that show many at once.

The sweep takes them on its way. `screenshots.py` takes them alone, with what only a broken or empty portal shows, and
at 1280 px; `--readme` takes the README's one. Names of pages as arguments take only those."""

import contextlib
import html
import pathlib
import sqlite3
import sys

from browser import DESKTOP, PHONE, Browser
from pages import EVERY_PAGE
from portal import ROOT, Portal

FOLDER = pathlib.Path(__file__).parent / "screenshots"
README_PICTURE = ROOT / "docs" / "images" / "catalog.png"
README_SIZE = {"width": 1280, "height": 720}
MOST_README_BYTES = 150_000
SIZES = {"phone": PHONE, "narrow": {"width": 1280, "height": 800}}
MEDIA = {"dark": {"color_scheme": "dark"}, "forced": {"color_scheme": "light", "forced_colors": "active"}}
# Those of which there are more than a few pictures, by how many stand beside each other on a sheet.
SHEETS = {"light": 5, "dark": 5, "phone": 10, "forced": 5, "german": 4, "narrow": 5}
# Of the beginnings that sheets show, in pixels.
HEIGHTS = {"light": 300, "dark": 300, "phone": 420, "forced": 300, "german": 360, "narrow": 300}
PAGES_OF_A_SHEET = 20
TALLEST = 3000


def take(page, name, side):
    """One picture; of very long pages only the beginning."""
    FOLDER.mkdir(exist_ok=True)
    size = page.viewport_size
    height = min(page.evaluate("document.documentElement.scrollHeight"), TALLEST)
    page.screenshot(path=FOLDER / f"{_file(name)}-{side}.png", full_page=True,
                    clip={"x": 0, "y": 0, "width": size["width"], "height": max(height, size["height"])})


def _file(name):
    return name.lower().replace(" ", "-")


def make_sheets(browser):
    """Many pictures on one, each cut to its beginning; the pages behind them can be opened in a browser, too."""
    for side, columns in SHEETS.items():
        names = [name for name in EVERY_PAGE if (FOLDER / f"{_file(name)}-{side}.png").exists()]
        for number, start in enumerate(range(0, len(names), PAGES_OF_A_SHEET), 1):
            sheet = FOLDER / f"sheet-{side}-{number}.html"
            sheet.write_text(_sheet(side, columns, names[start:start + PAGES_OF_A_SHEET]))
            browser.print_file(sheet, sheet.with_suffix(".png"))


def _sheet(side, columns, names):
    figures = "".join(
        f'<figure><figcaption>{html.escape(name)}</figcaption><a href="{_file(name)}-{side}.png">'
        f'<img src="{_file(name)}-{side}.png" alt=""></a></figure>' for name in names)
    return f"""<!doctype html><meta charset="utf-8"><title>{side}</title><style>
        body {{ display: grid; grid-template-columns: repeat({columns}, 1fr); gap: 12px; margin: 12px;
            background: #888; font: 13px sans-serif; }}
        figure {{ margin: 0; }} a {{ display: block; block-size: {HEIGHTS[side]}px; overflow: hidden; }}
        img {{ display: block; inline-size: 100%; }} </style>{figures}"""


def take_all(browser, only):
    from sweep import Look

    for name, page in EVERY_PAGE.items():
        if not only or name in only:
            Look(browser, name, page).pictures()
    if not only or "forbidden" in only:
        take_forbidden(browser)
    make_sheets(browser)


def take_forbidden(browser):
    page = browser.open(signed_in=False)
    page.goto("about:blank")
    page.set_content(f'<form method="post" action="{browser.portal.url}/sign-in/guest"><button>Go</button></form>')
    page.get_by_role("button").click()
    page.wait_for_url("**/sign-in/guest")
    take_sides(page, "forbidden")


def take_sides(page, name):
    take(page, name, "light")
    page.set_viewport_size(PHONE)
    take(page, name, "phone")
    page.set_viewport_size(DESKTOP)
    page.emulate_media(**MEDIA["dark"])
    take(page, name, "dark")
    page.context.close()


def take_empty(browser):
    """The catalog before anything is in it."""
    page = browser.open()
    page.goto("/catalog")
    take_sides(page, "empty")


def take_fault(browser):
    """The page of a fault: what it reads has another name than it knows."""
    with contextlib.closing(sqlite3.connect(browser.portal.folder / "data" / "callboard.sqlite")) as database:
        database.execute("ALTER TABLE catalog_locations RENAME TO elsewhere")
    page = browser.open()
    page.goto("/catalog-import")
    take_sides(page, "fault")


def take_readme(browser):
    README_PICTURE.parent.mkdir(parents=True, exist_ok=True)
    page = browser.open(size=README_SIZE)
    page.goto("/catalog")
    page.screenshot(path=README_PICTURE)
    size = README_PICTURE.stat().st_size
    if size > MOST_README_BYTES:
        raise SystemExit(f"{README_PICTURE} has {size} bytes, more than {MOST_README_BYTES}.")


def run(action, **options):
    portal = Portal(**options).start()
    try:
        portal.settle()
        browser = Browser(portal)
        try:
            action(browser)
        finally:
            browser.close()
    finally:
        portal.stop()


def main():
    if "--readme" in sys.argv:
        return run(take_readme, with_fixtures=False)
    only = set(sys.argv[1:])
    run(lambda browser: take_all(browser, only))
    if not only or "empty" in only:
        run(take_empty, with_fixtures=False, is_empty=True)
    if not only or "fault" in only:
        run(take_fault, with_fixtures=False, is_empty=True)


if __name__ == "__main__":
    main()
