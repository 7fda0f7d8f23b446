/* What compilers call without being asked: of our own, so that the binary is tied to no C library. */
#include <stddef.h>

#if !defined(_MSC_VER)
__attribute__((visibility("hidden"))) void *memcpy(void *restrict to, const void *restrict from, size_t n) {
  unsigned char *a = to;
  const unsigned char *b = from;
  while (n--) *a++ = *b++;
  return to;
}

__attribute__((visibility("hidden"))) void *memset(void *to, int value, size_t n) {
  unsigned char *a = to;
  while (n--) *a++ = (unsigned char)value;
  return to;
}
#endif
