# From the output of Swift Testing, what somebody wants to read: failures with all their lines, and whatever was said before
# the first test. Starts and passes, and the many lines that an argument of a test may have, are left out.
BEGIN { show = 1 }
/^(◇|✔|➜|━) / || /^↳ (Testing Library|Target Platform)/ { show = 0 }
/^✘ / { show = 1 }
/^\[[0-9]+\/[0-9]+\]/ || /^Build(ing|.*complete)/ { next }
show
