"""Every page and every state of one that people can meet: on each of them everything is swept. One line each."""

import typing


class Page(typing.NamedTuple):
    """An address, and who asks for it: a guest, nobody, or `blind`, who may read no entity."""

    path: str
    who: str = "guest"
    # Whether the frame is around it: rail, bar, search.
    is_lone: bool = False
    # Whether numbers on it are of the moment, as that of bytes in use.
    is_moving: bool = False


CATALOG = "/catalog"
COMPONENT = "/catalog/default/component/seat-keeper"
GALLERY = "/devtools/gallery"
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
    "denied home": Page("/", who="blind"),
    "leading anywhere": Page("/go"),
    "leading to what is found": Page("/go?query=seat"),
    "leading to nothing": Page("/go?query=nothing+like+this"),
    "denied": Page(CATALOG, who="blind"),
    "denied registration": Page("/catalog-import", who="blind"),
    "signing in": Page("/sign-in", who="nobody", is_lone=True),
    "devtools": Page("/devtools", is_moving=True),
    "devtools configuration": Page("/devtools/config"),
    "devtools configuration that nobody reads": Page("/devtools/config?unread=true"),
    "devtools configuration not found": Page("/devtools/config?find=nothing+like+this"),
    "devtools tasks": Page("/devtools/tasks", is_moving=True),
    "devtools ingestion": Page("/devtools/ingestion", is_moving=True),
    "devtools ingestion failing": Page("/devtools/ingestion?failing=true&asked=true", is_moving=True),
    "devtools ingestion not found": Page("/devtools/ingestion?find=nothing+like+this"),
    "devtools plugins": Page("/devtools/plugins"),
    "devtools part unknown": Page("/devtools/nothing"),
    "devtools refused": Page("/devtools", who="blind"),
    "gallery": Page(GALLERY),
    "gallery of colours": Page(f"{GALLERY}/tokens"),
    "gallery of signs": Page(f"{GALLERY}/signs"),
    "gallery of forms": Page(f"{GALLERY}/forms"),
    "gallery of lists": Page(f"{GALLERY}/lists"),
    "gallery of ways": Page(f"{GALLERY}/ways"),
    "gallery of messages": Page(f"{GALLERY}/messages"),
    "gallery of charts": Page(f"{GALLERY}/charts"),
    "gallery of texts": Page(f"{GALLERY}/texts"),
    "gallery of entities": Page(f"{GALLERY}/entities"),
    "gallery of the home page": Page(f"{GALLERY}/home"),
    "gallery head": Page(f"{GALLERY}/ways/head"),
    "gallery head long": Page(f"{GALLERY}/ways/head-long"),
    "gallery head from right to left": Page(f"{GALLERY}/ways/head-right-to-left"),
    "gallery head hostile": Page(f"{GALLERY}/ways/head-hostile"),
    "gallery failed": Page(f"{GALLERY}/messages/failed"),
    "gallery failed hostile": Page(f"{GALLERY}/messages/failed-hostile"),
    "gallery signing in": Page(f"{GALLERY}/messages/signing-in"),
    "gallery signing in nowhere": Page(f"{GALLERY}/messages/signing-in-nowhere"),
    "gallery refused": Page(f"{GALLERY}/forms", who="blind"),
    "gallery part unknown": Page(f"{GALLERY}/nothing"),
}
# These say the most in another language.
IN_GERMAN = ["catalog", "home", "settings", "leading to what is found", "relations",
             "component", "component history", "nothing found", "registration", "unknown page", "signing in",
             "devtools", "devtools configuration", "devtools ingestion", "gallery", "gallery of forms"]
