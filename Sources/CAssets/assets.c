#include "CAssets.h"

// #embed is C23; this compiler offers it everywhere.
#pragma clang diagnostic ignored "-Wc23-extensions"

// Style sheets, in the order in which they become one.
static const unsigned char tokens_css[] = {
#embed "files/style/tokens.css"
};
static const unsigned char base_css[] = {
#embed "files/style/base.css"
};
static const unsigned char shell_css[] = {
#embed "files/style/shell.css"
};
static const unsigned char parts_css[] = {
#embed "files/style/parts.css"
};
static const unsigned char entity_css[] = {
#embed "files/style/entity.css"
};
static const unsigned char code_css[] = {
#embed "files/style/code.css"
};
static const unsigned char charts_css[] = {
#embed "files/style/charts.css"
};
static const unsigned char graph_css[] = {
#embed "files/style/graph.css"
};
static const unsigned char home_css[] = {
#embed "files/style/home.css"
};
static const unsigned char devtools_css[] = {
#embed "files/style/devtools.css"
};

// Modules, each loaded by the pages that use it.
static const unsigned char swap_js[] = {
#embed "files/script/swap.js"
};
static const unsigned char keys_js[] = {
#embed "files/script/keys.js"
};
static const unsigned char palette_js[] = {
#embed "files/script/palette.js"
};
static const unsigned char peek_js[] = {
#embed "files/script/peek.js"
};
static const unsigned char stream_js[] = {
#embed "files/script/stream.js"
};
static const unsigned char graph_js[] = {
#embed "files/script/graph.js"
};

static const unsigned char icon_svg[] = {
#embed "files/icon.svg"
};
static const unsigned char catalog_openapi_json[] = {
#embed "files/catalog-openapi.json"
};

#define ASSET(name, bytes) {name, bytes, sizeof bytes}

static const struct callboard_asset assets[] = {
    ASSET("style/tokens.css", tokens_css),
    ASSET("style/base.css", base_css),
    ASSET("style/shell.css", shell_css),
    ASSET("style/parts.css", parts_css),
    ASSET("style/entity.css", entity_css),
    ASSET("style/code.css", code_css),
    ASSET("style/charts.css", charts_css),
    ASSET("style/graph.css", graph_css),
    ASSET("style/home.css", home_css),
    ASSET("style/devtools.css", devtools_css),
    ASSET("swap.js", swap_js),
    ASSET("keys.js", keys_js),
    ASSET("palette.js", palette_js),
    ASSET("peek.js", peek_js),
    ASSET("stream.js", stream_js),
    ASSET("graph.js", graph_js),
    ASSET("icon.svg", icon_svg),
    ASSET("catalog-openapi.json", catalog_openapi_json),
};
struct callboard_asset callboard_asset_at(size_t index) {
    struct callboard_asset none = {0};
    return index < sizeof assets / sizeof assets[0] ? assets[index] : none;
}
