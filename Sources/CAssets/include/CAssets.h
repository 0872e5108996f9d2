#pragma once

#include <stddef.h>

/// A file that is part of the program.
struct callboard_asset {
    const char *name;
    const unsigned char *bytes;
    size_t length;
};

/// The files from 0 on; a null name where there are no more.
struct callboard_asset callboard_asset_at(size_t index);
