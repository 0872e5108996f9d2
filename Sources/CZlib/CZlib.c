#include "CZlib.h"

#include <limits.h>
#include <string.h>
#include <zlib.h>

// zlib's window with the gzip envelope instead of its own, and without any.
enum { gzip_window = 15 + 16, bare_window = -15, memory_level = 8 };

size_t callboard_gzip_bound(size_t length) {
    // What zlib promises, with the eighteen bytes of the envelope.
    return compressBound(length) + 18;
}

size_t callboard_deflate_bound(size_t length) {
    // With the empty block that a flush ends with, and a byte that stays free.
    return compressBound(length) + 16;
}

// One for each thread that packs: those of the pool, which stay as long as the program runs. It takes a quarter of a
// megabyte, which a page of thirty kilobytes should not have to ask for and give back each time.
struct kept_stream {
    z_stream stream;
    int level;
    int is_ready;
};
static _Thread_local struct kept_stream whole, bare;

static int make_ready(struct kept_stream *kept, int level, int window) {
    if (kept->is_ready && kept->level == level) return deflateReset(&kept->stream) == Z_OK;
    if (kept->is_ready) deflateEnd(&kept->stream);
    memset(kept, 0, sizeof *kept);
    if (deflateInit2(&kept->stream, level, Z_DEFLATED, window, memory_level, Z_DEFAULT_STRATEGY) != Z_OK) return 0;
    kept->level = level;
    kept->is_ready = 1;
    return 1;
}

static void give(z_stream *stream, const unsigned char *bytes, size_t length, unsigned char *out, size_t capacity) {
    stream->next_in = (unsigned char *)bytes;
    stream->avail_in = (uInt)length;
    stream->next_out = out;
    stream->avail_out = (uInt)capacity;
}

size_t callboard_gzip(const unsigned char *bytes, size_t length, int level, unsigned char *out, size_t capacity) {
    if (length > UINT_MAX || capacity > UINT_MAX || !make_ready(&whole, level, gzip_window)) return 0;
    give(&whole.stream, bytes, length, out, capacity);
    return deflate(&whole.stream, Z_FINISH) == Z_STREAM_END ? capacity - whole.stream.avail_out : 0;
}

size_t callboard_deflate_part(const unsigned char *bytes, size_t length, int level, unsigned char *out,
                              size_t capacity) {
    if (length > UINT_MAX || capacity > UINT_MAX || !make_ready(&bare, level, bare_window)) return 0;
    give(&bare.stream, bytes, length, out, capacity);
    // Room that is left says that all has been flushed.
    int is_done = deflate(&bare.stream, Z_FULL_FLUSH) == Z_OK && bare.stream.avail_in == 0 && bare.stream.avail_out > 0;
    return is_done ? capacity - bare.stream.avail_out : 0;
}

unsigned callboard_crc32(unsigned checksum, const unsigned char *bytes, size_t length) {
    return (unsigned)crc32_z(checksum, bytes, length);
}
