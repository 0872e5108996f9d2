"""Writes pictures of every page to an ignored folder, for people to look at; `--readme` writes the README's one."""

import contextlib
import pathlib
import sqlite3
import sys

from browser import DESKTOP, PHONE, Browser
from portal import BLIND_TOKEN, ROOT, Portal

FOLDER = pathlib.Path(__file__).parent / "screenshots"
README_PICTURE = ROOT / "docs" / "images" / "catalog.png"
README_SIZE = {"width": 1280, "height": 720}
MOST_README_BYTES = 150_000
SIDES = [("light", "light", DESKTOP), ("dark", "dark", DESKTOP), ("mobile", "light", PHONE),
         ("narrow", "light", {"width": 1280, "height": 800})]

PAGES = {
    "catalog": "/catalog",
    "catalog-all": "/catalog?filters[kind]=all&limit=50",
    "catalog-filtered": "/catalog?filters[kind]=component&filters[type]=service&filters[owners]=group:default/stage",
    "catalog-nothing": "/catalog?filters[kind]=component&filters[text]=nothing+like+this",
    "apis": "/catalog?filters[kind]=api",
    "component": "/catalog/default/component/seat-keeper",
    "component-history": "/catalog/default/component/failing/history",
    "component-inspect": "/catalog/default/component/seat-keeper/inspect",
    "api": "/catalog/default/api/seats",
    "api-definition": "/catalog/default/api/seats/definition",
    "group": "/catalog/default/group/front-of-house",
    "user": "/catalog/default/user/bo.usher",
    "system": "/catalog/default/system/box-office",
    "domain": "/catalog/default/domain/audience",
    "resource": "/catalog/default/resource/house-events",
    "location": "/catalog/default/location/example-house",
    "long": "/catalog/default/component/the-component-with-the-longest-name-that-the-catalog-can-accept",
    "hostile": "/catalog/default/component/hostile",
    "failing": "/catalog/default/component/failing",
    "orphan": "/catalog/default/component/leaving",
    "conflict": "/catalog/default/component/twice",
    "marked": "/catalog/default/component/marked",
    "refused": "/catalog/default/component/refused",
    "deleted": "/catalog/default/component/gone",
    "deleted-history": "/catalog/default/component/gone/history",
    "unknown-filter": "/catalog?filters[nope]=x",
    "no-tab": "/catalog/default/component/seat-keeper/nothing",
    "cursor": "/catalog?cursor=cut",
    "troubles": "/catalog/default/location/odd-ones",
    "not-found": "/catalog/default/component/seat-keeeper",
    "nowhere": "/nowhere",
    "kind-of-nothing": "/catalog?filters[kind]=template",
    "registration": "/catalog-import",
    "registration-host": "/catalog-import?url=https://github.com/org/shop/blob/main/catalog-info.yaml",
    "registration-refused": "/catalog-import?url=nothing",
}


def take_all(browser, only):
    FOLDER.mkdir(exist_ok=True)
    for side, theme, size in SIDES:
        for name, path in PAGES.items():
            if only and name not in only:
                continue
            page = browser.open(theme=theme, size=size)
            page.goto(path)
            page.screenshot(path=FOLDER / f"{name}-{side}.png", full_page=True)
            page.context.close()
        page = browser.open(token=BLIND_TOKEN, theme=theme, size=size)
        page.goto("/catalog")
        page.screenshot(path=FOLDER / f"denied-{side}.png")
        page.context.close()
        page = browser.open(signed_in=False, theme=theme, size=size)
        page.goto("/sign-in")
        page.screenshot(path=FOLDER / f"sign-in-{side}.png")
        page.goto("about:blank")
        page.set_content(f'<form method="post" action="{browser.portal.url}/sign-in/guest"><button>Go</button></form>')
        page.get_by_role("button").click()
        page.wait_for_url("**/sign-in/guest")
        page.screenshot(path=FOLDER / f"forbidden-{side}.png")
        page.context.close()


def take_empty(browser):
    """The catalog before anything is in it."""
    FOLDER.mkdir(exist_ok=True)
    for side, theme, size in SIDES:
        page = browser.open(theme=theme, size=size)
        page.goto("/catalog")
        page.screenshot(path=FOLDER / f"empty-{side}.png")
        page.context.close()


def take_fault(browser):
    """The page of a fault: what it reads has another name than it knows."""
    FOLDER.mkdir(exist_ok=True)
    with contextlib.closing(sqlite3.connect(browser.portal.folder / "data" / "callboard.sqlite")) as database:
        database.execute("ALTER TABLE catalog_locations RENAME TO elsewhere")
    for side, theme, size in SIDES:
        page = browser.open(theme=theme, size=size)
        page.goto("/catalog-import")
        page.screenshot(path=FOLDER / f"fault-{side}.png")
        page.context.close()


def take_readme(browser):
    README_PICTURE.parent.mkdir(parents=True, exist_ok=True)
    page = browser.open(size=README_SIZE)
    page.goto("/catalog")
    page.screenshot(path=README_PICTURE)
    size = README_PICTURE.stat().st_size
    if size > MOST_README_BYTES:
        raise SystemExit(f"{README_PICTURE} has {size} bytes, more than {MOST_README_BYTES}.")


def run(take, **options):
    portal = Portal(**options).start()
    try:
        portal.settle()
        browser = Browser(portal)
        try:
            take(browser)
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
