#define _GNU_SOURCE
#include "CLinux.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <malloc.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

// Without O_NONBLOCK a named pipe in a watched folder would hold the reader forever.
const uint64_t callboard_read_file = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY;
const uint64_t callboard_read_folder = O_RDONLY | O_CLOEXEC | O_DIRECTORY;

int callboard_open_root(const char *path) {
    int folder = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
    return folder < 0 ? -errno : folder;
}

static int open_beneath(int folder, const char *path, uint64_t flags, uint64_t mode) {
    struct open_how how;
    memset(&how, 0, sizeof how);
    how.flags = flags;
    how.mode = mode;
    how.resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS;
    for (int attempt = 0; attempt < 8; attempt++) {
        long result = syscall(SYS_openat2, folder, path, &how, sizeof how);
        if (result >= 0) return (int)result;
        // The kernel could not rule out a race with a rename, or was interrupted.
        if (errno != EAGAIN && errno != EINTR) return -errno;
    }
    return -EAGAIN;
}

int callboard_open_beneath(int folder, const char *path, uint64_t flags) {
    return open_beneath(folder, path, flags, 0);
}

int callboard_create_beneath(int folder, const char *path) {
    return open_beneath(folder, path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
}

static callboard_file_status status_of(const struct stat *found) {
    return (callboard_file_status){
        .is_regular = S_ISREG(found->st_mode),
        .is_folder = S_ISDIR(found->st_mode),
        .device = found->st_dev,
        .inode = found->st_ino,
        .size = found->st_size,
        .seconds = found->st_mtim.tv_sec,
        .nanoseconds = found->st_mtim.tv_nsec,
    };
}

int callboard_read_status(int file, callboard_file_status *status) {
    struct stat found;
    if (fstat(file, &found) != 0) return -errno;
    *status = status_of(&found);
    return 0;
}

int callboard_entry_status(int folder, const char *name, int follows_links, callboard_file_status *status) {
    struct stat found;
    if (fstatat(folder, name, &found, follows_links ? 0 : AT_SYMLINK_NOFOLLOW) != 0) return -errno;
    *status = status_of(&found);
    return 0;
}

int callboard_watch_start(void) {
    int watcher = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    return watcher < 0 ? -errno : watcher;
}

int callboard_watch_folder(int watcher, const char *path) {
    uint32_t events = IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE | IN_CREATE | IN_MOVE_SELF | IN_ONLYDIR;
    int watch = inotify_add_watch(watcher, path, events);
    return watch < 0 ? -errno : watch;
}

int callboard_watch_read(int watcher, int milliseconds, void *context,
                         void (*seen)(void *context, int watch, const char *name)) {
    struct pollfd wanted = {.fd = watcher, .events = POLLIN};
    int ready = poll(&wanted, 1, milliseconds);
    if (ready == 0 || (ready < 0 && errno == EINTR)) return 0;
    if (ready < 0) return -errno;
    _Alignas(struct inotify_event) char buffer[16384];
    ssize_t length = read(watcher, buffer, sizeof buffer);
    if (length < 0) return errno == EAGAIN || errno == EINTR ? 0 : -errno;
    for (char *at = buffer; at < buffer + length;) {
        const struct inotify_event *event = (const struct inotify_event *)at;
        seen(context, event->wd, event->len > 0 ? event->name : "");
        at += sizeof(struct inotify_event) + event->len;
    }
    return 1;
}

void callboard_tune_memory(void) {
    mallopt(M_ARENA_MAX, 8);
    // This also keeps the size fixed above which memory comes from the system and goes back to it.
    mallopt(M_TOP_PAD, 4 << 20);
}

void callboard_release_memory(void) { malloc_trim(0); }

long callboard_resident_bytes(void) {
    long total = 0, resident = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    if (!file) return 0;
    if (fscanf(file, "%ld %ld", &total, &resident) != 2) resident = 0;
    fclose(file);
    return resident * sysconf(_SC_PAGESIZE);
}

int callboard_open_files(void) {
    DIR *folder = opendir("/proc/self/fd");
    if (!folder) return 0;
    int count = 0;
    while (readdir(folder)) count += 1;
    closedir(folder);
    // Without the two entries for folders and the descriptor that reads them.
    return count - 3;
}

double callboard_processor_seconds(void) {
    struct timespec used;
    if (clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used) != 0) return 0;
    return (double)used.tv_sec + (double)used.tv_nsec * 1e-9;
}
