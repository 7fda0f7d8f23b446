#ifndef GELU_SHARE_H
#define GELU_SHARE_H

#include <node_api.h>
#include <stddef.h>

/* Elements from … to of a piece of work. */
typedef void (*Part)(const void *work, size_t from, size_t to);

/*
 * Does the work on this thread and on threads of Node's pool, `threads` in all, and returns when it is done: no other thread
 * touches anything of it afterwards. A pool that is busy elsewhere leaves it to this thread.
 */
void gelu_share(napi_env env, Part part, const void *work, size_t size, size_t from, size_t to, size_t threads);

#endif
