/* The reproducer's text includes the real one itself. */
