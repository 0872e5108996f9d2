#pragma once

#include <stddef.h>

/// How many bytes the gzip form of so many bytes has at most.
size_t callboard_gzip_bound(size_t length);

/// Writes the gzip form (RFC 1952) of `bytes` to `out`, which has room for `capacity` bytes.
/// `level` is zlib's: 1 is fast, 9 is small. Returns the number of bytes written, 0 where it could not be done.
size_t callboard_gzip(const unsigned char *bytes, size_t length, int level, unsigned char *out, size_t capacity);
