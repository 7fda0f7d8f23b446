/* The kernels for JavaScript, by Node-API. Everything is checked before an array is touched; nothing of a call is kept. */
#define NAPI_VERSION 8
#include <node_api.h>

#include "cpu.h"
#include "share.h"
#include "table.h"

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

static napi_value refuse(napi_env env, const char *what) {
  napi_throw_type_error(env, 0, what);
  return 0;
}

typedef struct {
  void *data;
  size_t length;
} Array;

/* Whether it is a typed array of that type. One without elements may have no memory. */
static int array(napi_env env, napi_value value, napi_typedarray_type wanted, Array *found) {
  bool is = false;
  napi_typedarray_type type;
  if (napi_is_typedarray(env, value, &is) != napi_ok || !is) return 0;
  if (napi_get_typedarray_info(env, value, &type, &found->length, &found->data, 0, 0) != napi_ok) return 0;
  return type == wanted && (found->data || found->length == 0);
}

static int is_undefined(napi_env env, napi_value value) {
  napi_valuetype type;
  return napi_typeof(env, value, &type) == napi_ok && type == napi_undefined;
}

/* A whole number from 0 to 2⁵³. */
static int whole(napi_env env, napi_value value, size_t *found) {
  double number;
  if (napi_get_value_double(env, value, &number) != napi_ok || !(number >= 0 && number <= 9007199254740992.0)) return 0;
  *found = (size_t)number;
  return (double)*found == number;
}

static const Kernels *chosen(napi_env env) {
  void *kernels = 0;
  napi_get_instance_data(env, &kernels);
  return kernels;
}

typedef struct {
  const Kernels *kernels;
  enum Kind kind;
  int fused;
  Call call;
} Float32Work;

static void float32_part(const void *work, size_t from, size_t to) {
  const Float32Work *w = work;
  Call part = w->call;
  if (part.gradient) part.gradient += from;
  part.x += from;
  part.out += from;
  part.n = to - from;
  w->kernels->run(w->kind, w->fused, &part);
}

/* run(kind, fused, header, rows, x, out, gradient, from, to, threads): elements from … to of out = f(x), or gradient · f(x). */
static napi_value run(napi_env env, napi_callback_info info) {
  napi_value given[10];
  size_t count = COUNT(given), kind, from, to, threads;
  bool fused;
  Array header, rows, x, out, gradient = {0, 0};
  const Kernels *kernels = chosen(env);
  if (!kernels || napi_get_cb_info(env, info, &count, given, 0, 0) != napi_ok || count < COUNT(given))
    return refuse(env, "run: ten arguments");
  if (!whole(env, given[0], &kind) || kind >= KINDS || napi_get_value_bool(env, given[1], &fused) != napi_ok ||
      !whole(env, given[7], &from) || !whole(env, given[8], &to) || !whole(env, given[9], &threads))
    return refuse(env, "run: a kernel, its numbers");
  if (!array(env, given[2], napi_uint8_array, &header) || !array(env, given[4], napi_float32_array, &x) ||
      !array(env, given[5], napi_float32_array, &out))
    return refuse(env, "run: typed arrays");
  const int product = kind == CORRECT_PRODUCT || kind == FAST_PRODUCT || kind == TABLE_PRODUCT ||
                      kind == PIECES_SIMPLE_PRODUCT || kind == PIECES_MIXED_PRODUCT;
  if (product ? !array(env, given[6], napi_float32_array, &gradient) : !is_undefined(env, given[6]))
    return refuse(env, "run: a gradient where there is one");
  if (from > to || to > x.length || to > out.length || (product && to > gradient.length))
    return refuse(env, "run: elements that are there");
  size_t bytes;
  if (array(env, given[3], napi_float64_array, &rows)) bytes = rows.length * 8;
  else if (array(env, given[3], napi_float32_array, &rows)) bytes = rows.length * 4;
  else return refuse(env, "run: rows");
  Header head = {0};
  if (kind < PIECES_SIMPLE) {
    if (header.length < sizeof head) return refuse(env, "run: a header");
    __builtin_memcpy(&head, header.data, sizeof head);
  }
  if (!gelu_table_holds((enum Kind)kind, &head, bytes)) return refuse(env, "run: a table that its header describes");
  if (from == to) return 0;
  const Float32Work work = {
      kernels,
      (enum Kind)kind,
      fused && kernels->fma,
      {&head, rows.data, product ? (const float *)gradient.data : 0, x.data, out.data, 0},
  };
  gelu_share(env, float32_part, &work, sizeof work, from, to, threads);
  return 0;
}

typedef struct {
  const Kernels *kernels;
  WideCall call;
} Float64Work;

static void float64_part(const void *work, size_t from, size_t to) {
  const Float64Work *w = work;
  WideCall part = w->call;
  if (part.gradient) part.gradient += from;
  part.x += from;
  part.out += from;
  part.n = to - from;
  w->kernels->wide(&part);
}

/* wide(form, derivative, powers, root, mills, x, out, gradient, threads): out = the form, or gradient · its derivative, in float64. */
static napi_value wide(napi_env env, napi_callback_info info) {
  napi_value given[9];
  size_t count = COUNT(given), form, threads;
  bool derivative;
  Array powers, root, mills, x, out, gradient = {0, 0};
  const Kernels *kernels = chosen(env);
  if (!kernels || napi_get_cb_info(env, info, &count, given, 0, 0) != napi_ok || count < COUNT(given))
    return refuse(env, "wide: nine arguments");
  if (!whole(env, given[0], &form) || form >= FORMS || napi_get_value_bool(env, given[1], &derivative) != napi_ok ||
      !whole(env, given[8], &threads))
    return refuse(env, "wide: a form, its numbers");
  if (!array(env, given[2], napi_float64_array, &powers) || !array(env, given[3], napi_float64_array, &root) ||
      !array(env, given[4], napi_float64_array, &mills) || powers.length < POWERS || root.length < ROOT ||
      mills.length < MILLS)
    return refuse(env, "wide: tables");
  const int product = !is_undefined(env, given[7]);
  if (!array(env, given[5], napi_float64_array, &x) || !array(env, given[6], napi_float64_array, &out) ||
      (product && !array(env, given[7], napi_float64_array, &gradient)) || out.length < x.length ||
      (product && gradient.length < x.length))
    return refuse(env, "wide: typed arrays of one length");
  if (x.length == 0) return 0;
  const Float64Work work = {
      kernels,
      {(int)form, derivative, powers.data, root.data, mills.data, gradient.data, x.data, out.data, 0},
  };
  gelu_share(env, float64_part, &work, sizeof work, 0, x.length, threads);
  return 0;
}

/* extent(x, from, to, into): the least and the largest element, to into[0] and into[1]. */
static napi_value extent(napi_env env, napi_callback_info info) {
  napi_value given[4];
  size_t count = COUNT(given), from, to;
  Array x, into;
  const Kernels *kernels = chosen(env);
  if (!kernels || napi_get_cb_info(env, info, &count, given, 0, 0) != napi_ok || count < COUNT(given) ||
      !array(env, given[0], napi_float32_array, &x) || !whole(env, given[1], &from) || !whole(env, given[2], &to) ||
      !array(env, given[3], napi_float32_array, &into) || from > to || to > x.length || into.length < 2)
    return refuse(env, "extent: an array, where in it, and an array of two");
  const uint64_t mode = gelu_enter();
  float *found = into.data;
  kernels->extent((const float *)x.data + from, to - from, found, found + 1);
  gelu_leave(mode);
  return 0;
}

/* use(name): from now on the kernels of that name; false if they do not run here. */
static napi_value use(napi_env env, napi_callback_info info) {
  napi_value given, result;
  size_t count = 1, length = 0;
  char name[16] = "";
  const Kernels *list[4];
  napi_get_cb_info(env, info, &count, &given, 0, 0);
  if (count < 1 || napi_get_value_string_utf8(env, given, name, sizeof name, &length) != napi_ok)
    return refuse(env, "use: a name");
  bool found = false;
  for (size_t i = 0, n = gelu_kernels(list); i < n && !found; i++) {
    const char *a = name, *b = list[i]->name;
    while (*a && *a == *b) a++, b++;
    found = *a == *b;
    if (found) napi_set_instance_data(env, (void *)list[i], 0, 0);
  }
  napi_get_boolean(env, found, &result);
  return result;
}

/* names: what runs here, the fastest first. fused(): whether the kernels in use can form products and sums at once. */
static napi_value fused(napi_env env, napi_callback_info info) {
  (void)info;
  napi_value result;
  const Kernels *kernels = chosen(env);
  napi_get_boolean(env, kernels && kernels->fma, &result);
  return result;
}

#if defined(_WIN32)
#define EXPORT __declspec(dllexport)
#else
#define EXPORT __attribute__((visibility("default")))
#endif

EXPORT int32_t node_api_module_get_api_version_v1(void) { return NAPI_VERSION; }

EXPORT napi_value napi_register_module_v1(napi_env env, napi_value exports) {
  static const struct {
    const char *name;
    napi_callback call;
  } functions[] = {{"run", run}, {"wide", wide}, {"extent", extent}, {"use", use}, {"fused", fused}};
  napi_value value, names;
  for (size_t i = 0; i < COUNT(functions); i++) {
    if (napi_create_function(env, functions[i].name, NAPI_AUTO_LENGTH, functions[i].call, 0, &value) != napi_ok) return 0;
    napi_set_named_property(env, exports, functions[i].name, value);
  }
  const Kernels *list[4];
  const size_t count = gelu_kernels(list);
  napi_create_array_with_length(env, count, &names);
  for (size_t i = 0; i < count; i++) {
    napi_create_string_utf8(env, list[i]->name, NAPI_AUTO_LENGTH, &value);
    napi_set_element(env, names, (uint32_t)i, value);
  }
  napi_set_named_property(env, exports, "names", names);
  if (count > 0) napi_set_instance_data(env, (void *)list[0], 0, 0);
  return exports;
}
