#include "share.h"

#include <stdatomic.h>

#include "cpu.h"

/* Elements that a thread takes at a time. */
#define TAKEN 65536
#define MOST_THREADS 64
#define MOST_SIZE 256

/* A piece of work that several threads are at. It outlives the call, since the pool may come to it late. */
typedef struct {
  atomic_int users; /* 0: free */
  Part part;
  _Alignas(16) unsigned char work[MOST_SIZE];
  size_t from, to;
  atomic_size_t taken; /* elements that some thread has taken */
  atomic_size_t done;
} Job;

typedef struct {
  Job *job;
  napi_async_work handle;
  atomic_int used;
} Helper;

static Job jobs[8];
static Helper helpers[MOST_THREADS];

static void take_part(Job *job) {
  const uint64_t mode = gelu_enter();
  const size_t all = job->to - job->from;
  for (;;) {
    const size_t start = atomic_fetch_add(&job->taken, TAKEN);
    if (start >= all) break;
    const size_t end = all - start < TAKEN ? all : start + TAKEN;
    job->part(job->work, job->from + start, job->from + end);
    atomic_fetch_add(&job->done, end - start);
  }
  gelu_leave(mode);
}

static void help(napi_env env, void *data) {
  (void)env;
  take_part(((Helper *)data)->job);
}

static void helped(napi_env env, napi_status status, void *data) {
  (void)status;
  Helper *helper = data;
  napi_delete_async_work(env, helper->handle);
  atomic_fetch_sub(&helper->job->users, 1);
  atomic_store(&helper->used, 0);
}

static Job *free_job(void) {
  for (size_t i = 0; i < sizeof jobs / sizeof *jobs; i++) {
    int expected = 0;
    if (atomic_compare_exchange_strong(&jobs[i].users, &expected, 1)) return &jobs[i];
  }
  return 0;
}

static Helper *free_helper(void) {
  for (size_t i = 0; i < MOST_THREADS; i++) {
    int expected = 0;
    if (atomic_compare_exchange_strong(&helpers[i].used, &expected, 1)) return &helpers[i];
  }
  return 0;
}

/* Asks the pool for one more thread. */
static int ask(napi_env env, Job *job) {
  napi_value name;
  Helper *helper = free_helper();
  if (!helper) return 0;
  helper->job = job;
  atomic_fetch_add(&job->users, 1);
  if (napi_create_string_utf8(env, "gelu", NAPI_AUTO_LENGTH, &name) == napi_ok &&
      napi_create_async_work(env, 0, name, help, helped, helper, &helper->handle) == napi_ok) {
    if (napi_queue_async_work(env, helper->handle) == napi_ok) return 1;
    napi_delete_async_work(env, helper->handle);
  }
  atomic_fetch_sub(&job->users, 1);
  atomic_store(&helper->used, 0);
  return 0;
}

void gelu_share(napi_env env, Part part, const void *work, size_t size, size_t from, size_t to, size_t threads) {
  Job *job = threads > 1 && to - from > TAKEN && size <= MOST_SIZE ? free_job() : 0;
  if (!job) {
    const uint64_t mode = gelu_enter();
    part(work, from, to);
    gelu_leave(mode);
    return;
  }
  job->part = part;
  __builtin_memcpy(job->work, work, size);
  job->from = from;
  job->to = to;
  atomic_store(&job->taken, 0);
  atomic_store(&job->done, 0);
  for (size_t i = 1; i < threads && i * TAKEN < to - from && ask(env, job); i++)
    ;
  take_part(job);
  /* What another thread has taken it is working on now. */
  while (atomic_load(&job->done) < to - from) {
#if defined(__x86_64__)
    __builtin_ia32_pause();
#endif
  }
  atomic_fetch_sub(&job->users, 1);
}
