#pragma once

/* Plays the driver's scripts until it is told to quit. */
_Noreturn void direct(void);
