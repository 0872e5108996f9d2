#include "CZlib.h"

#include <limits.h>
#include <string.h>
#include <zlib.h>

// zlib's window with the gzip envelope instead of its own.
enum { gzip_window = 15 + 16, memory_level = 8 };

size_t callboard_gzip_bound(size_t length) {
    // What zlib promises, with the eighteen bytes of the envelope.
    return compressBound(length) + 18;
}

// One for each thread that packs: those of the pool, which stay as long as the program runs. It takes a quarter of a
// megabyte, which a page of thirty kilobytes should not have to ask for and give back each time.
struct kept_stream {
    z_stream stream;
    int level;
    int is_ready;
};
static _Thread_local struct kept_stream kept;

static int make_ready(int level) {
    if (kept.is_ready && kept.level == level) return deflateReset(&kept.stream) == Z_OK;
    if (kept.is_ready) deflateEnd(&kept.stream);
    memset(&kept, 0, sizeof kept);
    if (deflateInit2(&kept.stream, level, Z_DEFLATED, gzip_window, memory_level, Z_DEFAULT_STRATEGY) != Z_OK) return 0;
    kept.level = level;
    kept.is_ready = 1;
    return 1;
}

size_t callboard_gzip(const unsigned char *bytes, size_t length, int level, unsigned char *out, size_t capacity) {
    if (length > UINT_MAX || capacity > UINT_MAX || !make_ready(level)) return 0;
    kept.stream.next_in = (unsigned char *)bytes;
    kept.stream.avail_in = (uInt)length;
    kept.stream.next_out = out;
    kept.stream.avail_out = (uInt)capacity;
    return deflate(&kept.stream, Z_FINISH) == Z_STREAM_END ? capacity - kept.stream.avail_out : 0;
}
