# One word each. Prepare once with: ./run --prepare --dev
BIN := .venv/bin
.PHONY: lint types arch shots messages docs bench demo locks new-app

lint:      ## style and format, repaired where that is safe
	$(BIN)/ruff check --fix . && $(BIN)/ruff format .
types:     ## mypy, strict
	$(BIN)/mypy
arch:      ## the order of the rooms, the doors, the sizes
	$(BIN)/lint-imports && $(BIN)/pytest tests/architecture
shots:     ## a picture of every screen
	$(BIN)/python -m tests.browser.shots
messages:  ## words into the catalogues (needs GNU gettext), and compiled
	$(BIN)/python -m darbaza.config.catalogues extract && $(BIN)/python -m darbaza.config.catalogues compile
docs:      ## what repeats the code, anew; is everything documented and translated?
	$(BIN)/python -m tests.documentation.generate && $(BIN)/pytest tests/documentation
bench:     ## the registration transaction beside its floor
	$(BIN)/darbaza bench gate --visitors 10000 --visits 50000
demo:      ## the demonstration
	$(BIN)/darbaza demo
locks:     ## requirements/*.txt anew from pyproject.toml; no address in npm's lock
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python requirements/lock.py
new-app:   ## make new-app NAME=parcels
	$(BIN)/python -m darbaza.config.new_app $(NAME)
