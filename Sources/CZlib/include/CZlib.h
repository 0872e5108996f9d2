#pragma once

#include <stddef.h>

/// How many bytes the gzip form of so many bytes has at most.
size_t callboard_gzip_bound(size_t length);

/// Writes the gzip form (RFC 1952) of `bytes` to `out`, which has room for `capacity` bytes.
/// `level` is zlib's: 1 is fast, 9 is small. Returns the number of bytes written, 0 where it could not be done.
size_t callboard_gzip(const unsigned char *bytes, size_t length, int level, unsigned char *out, size_t capacity);

/// How many bytes a part of so many bytes takes at most.
size_t callboard_deflate_bound(size_t length);

/// Writes `bytes` as deflate blocks (RFC 1951) that end at a byte and refer to nothing before them to `out`, which has
/// room for `capacity` bytes; the last block of the whole is up to the caller. Returns the number of bytes written, 0
/// where it could not be done.
size_t callboard_deflate_part(const unsigned char *bytes, size_t length, int level, unsigned char *out,
                              size_t capacity);

/// The checksum (RFC 1952) of what came before, 0 at first, and of `bytes`.
unsigned callboard_crc32(unsigned checksum, const unsigned char *bytes, size_t length);
