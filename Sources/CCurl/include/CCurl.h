#pragma once

#include <stddef.h>

/// One HTTP exchange without redirects, over libcurl, whose options take a variable number of arguments.
struct callboard_exchange {
    const char *method;
    const char *url;
    /// ::address:port, for whatever host libcurl reads in the URL: the request goes to the address that was checked.
    const char *connect_to;
    /// "Name: value" lines, ended by NULL.
    const char *const *headers;
    const void *body;
    size_t body_length;
    long timeout_milliseconds;
    void *context;
    /// Each returns 0 to end the exchange.
    int (*header)(void *context, const char *line, size_t length);
    int (*data)(void *context, const char *bytes, size_t length);
};

/// Called once before the first exchange.
void callboard_curl_start(void);

/// Returns 0 and the status, or libcurl's error code with a message of at most 255 bytes.
int callboard_curl_exchange(const struct callboard_exchange *exchange, long *status, char message[256]);
