#ifndef GELU_TABLE_H
#define GELU_TABLE_H

#include "kernels.h"

/* Whether no element, whatever it is, can lead a kernel out of a table of so many bytes. */
int gelu_table_holds(enum Kind kind, const Header *header, size_t bytes);

#endif
