#include "CAssets.h"

// #embed is C23; this compiler offers it everywhere.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char app_css[] = {
#embed "files/app.css"
};
static const unsigned char app_js[] = {
#embed "files/app.js"
};
static const unsigned char icon_svg[] = {
#embed "files/icon.svg"
};
static const unsigned char catalog_openapi_json[] = {
#embed "files/catalog-openapi.json"
};

static const struct callboard_asset assets[] = {
    {"app.css", app_css, sizeof app_css},
    {"app.js", app_js, sizeof app_js},
    {"icon.svg", icon_svg, sizeof icon_svg},
    {"catalog-openapi.json", catalog_openapi_json, sizeof catalog_openapi_json},
};
struct callboard_asset callboard_asset_at(size_t index) {
    struct callboard_asset none = {0};
    return index < sizeof assets / sizeof assets[0] ? assets[index] : none;
}
