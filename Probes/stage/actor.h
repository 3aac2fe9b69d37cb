#pragma once

#include <stdint.h>

/* Room for the stack of one actor. */
enum { ACTOR_STACK_SIZE = 16384 };

/* The top of an actor's stack. Each actor has its own, in every process, so that the stack tells who runs on it. */
char *stack_top(uint32_t index);

/* Who runs here. */
uint32_t self(void);

/* Takes the steps of the actor whose stack this is, for ever. */
_Noreturn void act(void);

/* Of the i386 build: the vDSO's entry, from AT_SYSINFO; NULL when there is none. */
extern void *sysinfo;
