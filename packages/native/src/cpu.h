#ifndef GELU_CPU_H
#define GELU_CPU_H

#include "kernels.h"

/* The kernels that run here, the fastest first; at most 4. */
size_t gelu_kernels(const Kernels **list);

/* Puts the thread into the kernels' floating-point mode; `gelu_leave` takes back what it returned. */
uint64_t gelu_enter(void);
void gelu_leave(uint64_t mode);

#endif
