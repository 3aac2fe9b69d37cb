/* The TRACE shield's other half: a tracer that skips every call the shield caught and notes who asked. */
#pragma once

/* Serves the kids of `zygote` until the zygote ends, which it does when the batch is done. */
void trace_batch(long zygote);
