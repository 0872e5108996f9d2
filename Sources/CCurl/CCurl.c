#include "CCurl.h"

#include <curl/curl.h>
#include <stdio.h>
#include <string.h>

void callboard_curl_start(void) { curl_global_init(CURL_GLOBAL_DEFAULT); }

static size_t on_header(char *bytes, size_t size, size_t count, void *user) {
    const struct callboard_exchange *exchange = user;
    return exchange->header(exchange->context, bytes, size * count) ? size * count : 0;
}

static size_t on_data(char *bytes, size_t size, size_t count, void *user) {
    const struct callboard_exchange *exchange = user;
    return exchange->data(exchange->context, bytes, size * count) ? size * count : 0;
}

int callboard_curl_exchange(const struct callboard_exchange *exchange, long *status, char message[256]) {
    char error[CURL_ERROR_SIZE] = "";
    CURL *curl = curl_easy_init();
    if (!curl) return CURLE_FAILED_INIT;
    struct curl_slist *headers = NULL, *connect_to = NULL;
    for (const char *const *line = exchange->headers; *line; line++) headers = curl_slist_append(headers, *line);
    connect_to = curl_slist_append(connect_to, exchange->connect_to);
    curl_easy_setopt(curl, CURLOPT_URL, exchange->url);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, exchange->timeout_milliseconds);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, exchange->timeout_milliseconds);
    curl_easy_setopt(curl, CURLOPT_ACCEPT_ENCODING, "");
    curl_easy_setopt(curl, CURLOPT_CONNECT_TO, connect_to);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, error);
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, on_header);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, (void *)exchange);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, on_data);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, (void *)exchange);
    if (strcmp(exchange->method, "HEAD") == 0) curl_easy_setopt(curl, CURLOPT_NOBODY, 1L);
    if (exchange->body_length > 0) {
        curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)exchange->body_length);
        curl_easy_setopt(curl, CURLOPT_POSTFIELDS, exchange->body);
    }
    if (strcmp(exchange->method, "HEAD") != 0) curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, exchange->method);
    CURLcode result = curl_easy_perform(curl);
    if (result == CURLE_OK) {
        curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, status);
    } else {
        snprintf(message, 256, "%s", error[0] ? error : curl_easy_strerror(result));
    }
    curl_slist_free_all(headers);
    curl_slist_free_all(connect_to);
    curl_easy_cleanup(curl);
    return (int)result;
}
