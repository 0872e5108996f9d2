#pragma once

#include <stdint.h>

/// A descriptor of a folder to open others beneath, or the negative of errno.
int callboard_open_root(const char *path);

/// openat2(2), which Swift cannot call because syscall(2) takes a variable number of arguments.
/// Returns a descriptor, or the negative of errno.
int callboard_open_beneath(int folder, const char *path, uint64_t flags);

/// Flags for callboard_open_beneath.
extern const uint64_t callboard_read_file;
extern const uint64_t callboard_read_folder;

/// Makes a file beneath a folder and opens it for writing; it must not exist yet. Returns as callboard_open_beneath.
int callboard_create_beneath(int folder, const char *path);

/// What fstat(2) says of a file. The system's own `struct stat` belongs to whichever module Swift happened to load first.
typedef struct {
    int is_regular, is_folder;
    uint64_t device, inode;
    int64_t size, seconds, nanoseconds;
} callboard_file_status;

/// Fills the status of an open file. Returns 0, or the negative of errno.
int callboard_read_status(int file, callboard_file_status *status);

/// Fills the status of an entry of a folder, of the link itself unless links are followed. Returns as
/// callboard_read_status.
int callboard_entry_status(int folder, const char *name, int follows_links, callboard_file_status *status);

/// Keeps the allocator from spreading memory over an arena for each thread; called once, before any thread is made.
void callboard_tune_memory(void);

/// Gives memory that is free back to the system.
void callboard_release_memory(void);

/// Bytes of this process that are in memory; 0 where the system does not tell.
long callboard_resident_bytes(void);

/// Seconds of processor time that this process has used.
double callboard_processor_seconds(void);

/// Open descriptors of this process; 0 where the system does not tell.
int callboard_open_files(void);

/// A descriptor of inotify(7) that does not block, or the negative of errno.
int callboard_watch_start(void);

/// Watches a folder for entries that appear, vanish or are written. Returns a watch number, or the negative of errno.
int callboard_watch_folder(int watcher, const char *path);

/// Waits at most the given time for something to happen and reads it. Calls `seen` with watch number and entry name.
/// Returns 0 at the end of the time, 1 where something was read, or the negative of errno.
int callboard_watch_read(int watcher, int milliseconds, void *context,
                         void (*seen)(void *context, int watch, const char *name));
