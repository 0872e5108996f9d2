"""Every page and every state of one that people can meet: on each of them everything is swept. One line each."""

import typing


class Page(typing.NamedTuple):
    """An address, and who asks for it: a guest, nobody, or `blind`, who may read no entity."""

    path: str
    who: str = "guest"
    # Whether the frame is around it: rail, bar, search.
    is_lone: bool = False


CATALOG = "/catalog"
COMPONENT = "/catalog/default/component/seat-keeper"
_ENTITY = "/catalog/default"

EVERY_PAGE = {
    "catalog": Page(CATALOG),
    "catalog of all kinds": Page("/catalog?filters[kind]=all&limit=50"),
    "catalog filtered": Page("/catalog?filters[type]=service&filters[owners]=group:default/stage"),
    "all values of a filter": Page("/catalog?more=tags"),
    "nothing found": Page("/catalog?filters[text]=nothing+like+this"),
    "APIs": Page("/catalog?filters[kind]=api"),
    "component": Page(COMPONENT),
    "component history": Page(f"{COMPONENT}/history"),
    "component inspect": Page(f"{COMPONENT}/inspect"),
    "history with errors": Page(f"{_ENTITY}/component/failing/history"),
    "API": Page(f"{_ENTITY}/api/seats"),
    "API definition": Page(f"{_ENTITY}/api/seats/definition"),
    "group": Page(f"{_ENTITY}/group/front-of-house"),
    "user": Page(f"{_ENTITY}/user/bo.usher"),
    "system": Page(f"{_ENTITY}/system/box-office"),
    "domain": Page(f"{_ENTITY}/domain/audience"),
    "resource": Page(f"{_ENTITY}/resource/house-events"),
    "location": Page(f"{_ENTITY}/location/example-house"),
    "location with errors": Page(f"{_ENTITY}/location/odd-ones"),
    "long words": Page(f"{_ENTITY}/component/the-component-with-the-longest-name-that-the-catalog-can-accept"),
    "hostile words": Page(f"{_ENTITY}/component/hostile"),
    "error": Page(f"{_ENTITY}/component/failing"),
    "orphan": Page(f"{_ENTITY}/component/leaving"),
    "conflict": Page(f"{_ENTITY}/component/twice"),
    "words with marks": Page(f"{_ENTITY}/component/marked"),
    "texts of every script": Page(f"{_ENTITY}/component/every-script"),
    "texts of every script inspected": Page(f"{_ENTITY}/component/every-script/inspect"),
    "words without spaces": Page(f"{_ENTITY}/component/unbroken"),
    "much of everything": Page(f"{_ENTITY}/component/much"),
    "much of everything inspected": Page(f"{_ENTITY}/component/much/inspect"),
    "broken definition": Page(f"{_ENTITY}/api/broken/definition"),
    "definition in no language": Page(f"{_ENTITY}/api/other-language/definition"),
    "groups thirty deep": Page(f"{_ENTITY}/group/deep-14"),
    "groups in a circle": Page(f"{_ENTITY}/group/round-0"),
    "location that leads nowhere": Page(f"{_ENTITY}/location/leads-nowhere"),
    "catalog of hard words": Page("/catalog?filters[kind]=all&filters[owners]=group:default/stage&limit=100"),
    "refused": Page(f"{_ENTITY}/component/refused"),
    "deleted entity": Page(f"{_ENTITY}/component/gone"),
    "history of a deleted entity": Page(f"{_ENTITY}/component/gone/history"),
    "unknown filter": Page("/catalog?filters[nope]=x"),
    "malformed cursor": Page("/catalog?cursor=cut"),
    "unknown entity": Page(f"{_ENTITY}/component/seat-keeeper"),
    "unknown part": Page(f"{COMPONENT}/nothing"),
    "unknown page": Page("/nowhere"),
    "kind of nothing": Page("/catalog?filters[kind]=template"),
    "registration": Page("/catalog-import"),
    "refused address": Page("/catalog-import?url=nothing"),
    "address of a source host": Page("/catalog-import?url=https://github.com/org/shop/blob/main/catalog-info.yaml"),
    "relations": Page("/catalog-graph?rootEntityRefs[]=system:default/box-office"),
    "relations of nothing": Page("/catalog-graph"),
    "relations of an unknown entity": Page("/catalog-graph?rootEntityRefs[]=component:default/nothing"),
    "component relations": Page(f"{COMPONENT}/graph"),
    "help": Page("/help"),
    "relations of a large graph": Page("/catalog-graph?rootEntityRefs[]=component:default/seat-keeper&maxDepth=∞"),
    "relations as a list": Page("/catalog-graph?rootEntityRefs[]=component:default/seat-keeper&view=list"),
    "home": Page("/"),
    "home arranged": Page("/layout"),
    "stars": Page("/starred"),
    "settings": Page("/settings"),
    "settings of providers": Page("/settings/auth-providers"),
    "settings of features": Page("/settings/feature-flags"),
    "settings deleted": Page("/settings/delete"),
    "signing out": Page("/sign-out"),
    "denied home": Page("/", who="blind"),
    "leading anywhere": Page("/go"),
    "leading to what is found": Page("/go?query=seat"),
    "leading to nothing": Page("/go?query=nothing+like+this"),
    "denied": Page(CATALOG, who="blind"),
    "denied registration": Page("/catalog-import", who="blind"),
    "signing in": Page("/sign-in", who="nobody", is_lone=True),
}
# These say the most in another language.
IN_GERMAN = ["catalog", "home", "settings", "leading to what is found", "relations",
             "component", "component history", "nothing found", "registration", "unknown page", "signing in", "signing out"]
