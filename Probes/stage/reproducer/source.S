#ifdef __x86_64__
#include "stage/start_x86_64.S"
#include "abi/entry_x86_64.S"
#else
#include "stage/start_i386.S"
#include "abi/entry_i386.S"
#endif
