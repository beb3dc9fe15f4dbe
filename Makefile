# Every job is one target; CI calls targets only. `make help` lists them.
SHELL := /bin/bash
.DEFAULT_GOAL := help
export RASA_TELEMETRY_ENABLED := false
export TF_CPP_MIN_LOG_LEVEL := 3
export SQLALCHEMY_SILENCE_UBER_WARNING := 1
export TQDM_DISABLE := 1
export PYTHONPATH := .
SEED ?= 1

UV := $(shell command -v uv || echo .tools/uv/bin/uv)
PY := .venv/bin/python
MODEL := models/guide.tar.gz
TRAINED_FROM := config.yml domain.yml $(shell find data bot/components bot/reading bot/knowledge bot/journey/mentions.py -name '*.yml' -o -name '*.py')

.PHONY: help
help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

# --- set-up ---------------------------------------------------------------------------------------------------

.tools/uv/bin/uv:
	@echo "Bringing uv into .tools/ …"
	@python3 -m venv .tools/uv && .tools/uv/bin/pip -q install uv

.venv/bin/python: .python-version | $(UV)
	@$(UV) venv --quiet --allow-existing .venv

.venv/.runtime: requirements/runtime.txt | .venv/bin/python
	@echo "Installing what the bot needs (about 2.5 GB, half a minute to a few minutes) …"
	@$(UV) pip install --require-hashes -r requirements/runtime.txt
	@touch $@

.venv/.dev: requirements/dev.txt | .venv/bin/python
	@echo "Installing what the tests need …"
	@$(UV) pip install --require-hashes -r requirements/dev.txt
	@touch $@ .venv/.runtime

$(MODEL): $(TRAINED_FROM) | .venv/.runtime
	@$(PY) -m bot train
	@touch $@

# --- for people -----------------------------------------------------------------------------------------------

.PHONY: chat shell train
chat: .venv/.runtime $(MODEL) ## install, train if needed, and serve the web page
	@$(PY) -m bot serve

shell: .venv/.runtime $(MODEL) ## the same in the terminal
	@$(PY) -m bot shell

train: .venv/.runtime ## train the model now
	@$(PY) -m bot train

# --- for developers -------------------------------------------------------------------------------------------

.tools/compose/.installed: requirements/compose.txt .python-version | $(UV)
	@$(UV) venv --quiet --clear .tools/compose
	@$(UV) pip install --quiet --python .tools/compose/bin/python --no-deps --require-hashes -r requirements/compose.txt
	@touch $@

.PHONY: check test lock names bench score properties screenshot soak
check: .venv/.dev .tools/compose/.installed haproxy ## formatting, lint, types, layers, contracts: no model, under a minute
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PY) -m mypy bot actions
	.venv/bin/lint-imports --no-cache
	$(PY) -m bot.tools.names --check
	$(PY) -m yamllint -s .
	$(PY) -m pytest tests/contract

test: .venv/.dev $(MODEL) chromium redis postgresql haproxy web-packages | var ## the whole test suite
	@echo "1/3 The data, as Rasa reads it …"
	@$(PY) -m rasa data validate --fail-on-warnings > var/validate.log 2>&1 || { cat var/validate.log; exit 1; }
	@echo "2/3 The stories, replayed …"
	@$(PY) -m rasa test core --stories data/stories --model $(MODEL) --out var/stories --fail-on-prediction-errors --no-plot \
	  > var/stories.log 2>&1 || { cat var/stories.log; exit 1; }
	@echo "3/3 Everything else …"
	$(PY) -m pytest

.PHONY: conversations-all
conversations-all: .venv/.dev $(MODEL) ## every generated conversation, not only the sample of `make test`
	GUIDE_ALL_CONVERSATIONS=1 $(PY) -m pytest tests/conversations/test_generated.py

USERS ?= 1000
.PHONY: simulate
simulate: .venv/.dev $(MODEL) | var ## USERS simulated users, drawn by SEED, hold conversations; the report names the worst
	$(PY) -m bot simulate --users $(USERS) --seed $(SEED) --worst var/simulated.txt

var:
	@mkdir -p var

.PHONY: chromium
chromium:
	@command -v chromium >/dev/null || { echo "Installing Chromium for the browser tests …"; \
	  SUDO=$$([ $$(id -u) = 0 ] || echo sudo); $$SUDO apt-get -qq update && $$SUDO apt-get -qq install -y chromium fonts-noto-cjk >/dev/null; }

.PHONY: redis
redis:
	@command -v redis-server >/dev/null || { echo "Installing Redis for the channels' tests …"; \
	  SUDO=$$([ $$(id -u) = 0 ] || echo sudo); $$SUDO apt-get -qq update && $$SUDO apt-get -qq install -y redis-server >/dev/null; }

.PHONY: postgresql
postgresql:
	@command -v initdb >/dev/null || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || { echo "Installing PostgreSQL for the records' tests …"; \
	  SUDO=$$([ $$(id -u) = 0 ] || echo sudo); $$SUDO apt-get -qq update && $$SUDO apt-get -qq install -y postgresql >/dev/null; }

.PHONY: haproxy
haproxy:
	@command -v haproxy >/dev/null || ls /usr/sbin/haproxy >/dev/null 2>&1 || { echo "Installing HAProxy for the tests of several workers …"; \
	  SUDO=$$([ $$(id -u) = 0 ] || echo sudo); $$SUDO apt-get -qq update && $$SUDO apt-get -qq install -y haproxy >/dev/null; }

.PHONY: rabbitmq
rabbitmq:
	@command -v rabbitmq-server >/dev/null || ls /usr/sbin/rabbitmq-server >/dev/null 2>&1 || { echo "Installing RabbitMQ for the broker's tests …"; \
	  SUDO=$$([ $$(id -u) = 0 ] || echo sudo); $$SUDO apt-get -qq update && $$SUDO apt-get -qq install -y rabbitmq-server >/dev/null; }

web/node_modules/.installed: web/package.json web/package-lock.json
	@command -v npm >/dev/null || { echo "The page is built with Node 20 or newer and npm: apt-get install nodejs npm"; exit 1; }
	@cd web && npm ci --silent && touch node_modules/.installed

# Where there is npm, `make test` tries the page's sources too; running the bot and everything else needs no Node.
.PHONY: web-packages
web-packages:
	@if command -v npm >/dev/null; then $(MAKE) --no-print-directory web/node_modules/.installed; \
	  else echo "No npm here: the tests of the page's sources are left out (make check-web)."; fi

.PHONY: web check-web
web: web/node_modules/.installed ## build the page and the widget from web/ into bot/channels/web, which is committed
	@cd web && npm run --silent types && npm run --silent build

check-web: .venv/.dev web/node_modules/.installed ## types and unit tests of web/, and that what is committed is what it builds
	$(PY) -m pytest tests/channels/test_page.py

names: .venv/.dev ## write bot/names.py and bot/replies.py from domain.yml and data/
	$(PY) -m bot.tools.names

.PHONY: docs
docs: .venv/.dev ## write what is generated in docs/: facts, plan and its picture, the journey, the messengers' limits
	$(PY) -m bot facts --markdown > docs/facts.md
	$(PY) -m bot.tools.plan_docs
	$(PY) -m bot.tools.channel_docs
	$(PY) -m bot.tools.journey_docs
	$(PY) -m bot.tools.licences

FUZZ ?= 20000
.PHONY: fuzz sbom
fuzz: .venv/.dev $(MODEL) ## FUZZ examples of each kind: messages to the bot, bodies on every route, the socket (long)
	FUZZ_EXAMPLES=$(FUZZ) $(PY) -m pytest --timeout 0 tests/fuzz

.tools/sbom/.installed: requirements/sbom.txt .python-version | $(UV)
	@$(UV) venv --quiet --clear .tools/sbom
	@$(UV) pip install --quiet --python .tools/sbom/bin/python --require-hashes -r requirements/sbom.txt
	@touch $@

sbom: .tools/sbom/.installed .venv/.runtime | var ## var/sbom.json: what is installed, as CycloneDX
	.tools/sbom/bin/cyclonedx-py environment --output-reproducible --of JSON -o var/sbom.json .venv/bin/python

lock: | $(UV) ## pin what pyproject.toml declares, with hashes
	$(UV) pip compile --quiet --generate-hashes --no-header --python-version 3.10 pyproject.toml -o requirements/runtime.txt
	$(UV) pip compile --quiet --generate-hashes --no-header --python-version 3.10 pyproject.toml --group dev -o requirements/dev.txt
	$(UV) pip compile --quiet --generate-hashes --no-header --python-version 3.10 --group pyproject.toml:sbom -o requirements/sbom.txt
	$(UV) pip compile --quiet --generate-hashes --no-header --no-deps --python-version 3.10 --group pyproject.toml:compose -o requirements/compose.txt
	$(UV) pip compile --quiet --generate-hashes --no-header --python-version 3.10 --group pyproject.toml:mutation -c requirements/dev.txt -o requirements/mutation.txt

bench: .venv/.dev $(MODEL) ## timings
	$(PY) bench/plan.py
	$(PY) bench/understanding.py

.PHONY: bench-stock
bench-stock: .venv/.dev $(MODEL) | var ## ours against stock Rasa on the same data: writes docs/benchmark.md (trains stock first, long)
	$(PY) -m bench.stock

.PHONY: sizing
sizing: .venv/.dev $(MODEL) ## what a person and a worker take, and how many workers so many people need: writes docs/sizing.md
	$(PY) -m bench.sizing

.PHONY: performance
performance: .venv/.dev $(MODEL) ## where a turn's time goes, with Rasa's own way beside ours: writes docs/performance.md
	$(PY) -m bench.performance

MINUTES ?= 30
soak: .venv/.dev $(MODEL) ## half load for MINUTES; memory and latency have to stay flat
	$(PY) bench/soak.py --minutes $(MINUTES)

score: .venv/.dev $(MODEL) ## how well messages are understood: writes docs/understanding.md
	$(PY) bench/score.py

properties: .venv/.dev ## the plan engine's invariants with 2,000 random cases each (long)
	PLAN_EXAMPLES=2000 $(PY) -m pytest --timeout 0 tests/unit/plan/test_properties.py tests/unit/plan/test_household_properties.py

.PHONY: reliability
reliability: .venv/.dev $(MODEL) redis postgresql haproxy rabbitmq ## kill what it stands on and look at what people got: writes docs/reliability.md (10 min)
	$(PY) -m pytest --timeout 0 tests/reliability/failures.py

.PHONY: kill
kill: .venv/.dev postgresql ## kill the process that records a hundred times and see that nothing confirmed is lost
	KILLS=100 $(PY) -m pytest tests/unit/records/test_sql.py -k killed

screenshot: .venv/.dev chromium ## the pictures of the README, while `make chat` is running
	$(PY) -m bot.tools.screenshot

# --- mutation tests: an environment of their own, without Rasa ------------------------------------------------

.tools/mutmut/.installed: requirements/mutation.txt .python-version | $(UV)
	@$(UV) venv --quiet --clear .tools/mutmut
	@$(UV) pip install --quiet --python .tools/mutmut/bin/python --require-hashes -r requirements/mutation.txt
	@touch $@

.PHONY: mutate mutate-sample
mutate: .tools/mutmut/.installed ## change the plan engine in 4,000 ways and see what the tests notice (long)
	.tools/mutmut/bin/python -m bot.tools.mutation

mutate-sample: .tools/mutmut/.installed ## the same for one module, drawn by SEED
	.tools/mutmut/bin/python -m bot.tools.mutation --sample $(SEED)
