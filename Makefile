# What can be typed here. `make run` and `make test` need nothing but Debian 12, Python 3.11, git and make.
# PORT=8080 chooses the demo shop's port, PYTHON=/path/to/python the interpreter.

.PHONY: run test test-full check bench bench-full lock

export PYTHON

# A demo shop with real OCOP products (prices invented). Its data lies in .demo; delete that folder to start afresh.
run:
	@bin/set-up requirements.lock
	@exec .venv/bin/shop --data .demo demo $(if $(PORT),--port $(PORT))

# Everything, with a real browser and a real PostgreSQL.
test:
	@bin/set-up requirements.lock requirements-dev.lock
	@bin/need-test-programs
	@bin/run-tests

# Everything at the full size named in tests/sizes.toml.
test-full:
	@bin/set-up requirements.lock requirements-dev.lock
	@bin/need-test-programs
	@bin/run-tests --full

# The quick gate before each commit, under a minute.
check:
	@bin/set-up requirements.lock requirements-dev.lock
	@bin/check

# Measured figures, one line of JSON each; fails when one misses its bound.
bench:
	@bin/set-up requirements.lock
	@.venv/bin/python -m bench

# The same, and those of a shop after a hundred thousand sales, which takes many minutes to make.
bench-full:
	@bin/set-up requirements.lock
	@.venv/bin/python -m bench full

# After a change of requirements.in or requirements-dev.in.
lock:
	@bin/lock
