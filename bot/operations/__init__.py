"""What operators use beside the running coach: measure it on their machine, and fill a database to measure with.

The idea: every figure stands beside a floor, measured in the same run on the same rows and the same harness, so that it
says something about the coach and not about the machine. Nothing here knows the loops, the playground or the wiring:
whoever measures hands them in.

Rejected: timings kept in the tests (they fail on a busy machine and prove nothing on a quiet one), and a benchmark
library (it repeats short functions; here whole processes talk to each other).
"""
