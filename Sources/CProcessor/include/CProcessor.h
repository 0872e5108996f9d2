#pragma once

/// Asks the processor to fetch the memory at an address, which need not be valid, and does not wait for it.
static inline void callboard_prefetch(const void *address) { __builtin_prefetch(address); }
