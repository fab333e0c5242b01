# The verbs of the house. `make` alone lists them.
.DEFAULT_GOAL := help
SHELL := /bin/bash
GO ?= go
WITH_POSTGRES := $(GO) run ./test/postgres
FUZZTIME ?= 20s

# How tests run under the race detector. Not looked at: SQLite's translated C and argon2, which hold
# a third of the time and no memory of ours (only sqlite/lib: what is generic in a package left out
# would be left out in ours, too). Not waited for: the second that the detector keeps each of eighty
# programs at its end. vet is lint's. Four programs at a time, because half of each one's time is
# PostgreSQL's, Chromium's or the disk's.
RACE := -race -shuffle=on -vet=off -p 4 \
	-gcflags='modernc.org/sqlite/lib=-race=false -d=checkptr=0' -gcflags='modernc.org/libc=-d=checkptr=0' \
	-gcflags='golang.org/x/crypto/argon2=-race=false'

.PHONY: help test quick race bench lint drawings rules rules-mutate demo pages fuzz clean

help: ## list these verbs
	@grep -hE '^[a-z-]+:.*## ' Makefile | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 14

test: ## everything that must pass: packages installed, lint, all tests on both engines with the race detector
	scripts/setup-debian
	scripts/lint
	KAWU_TEST_REQUIRE=1 GORACE=atexit_sleep_ms=0 $(WITH_POSTGRES) $(GO) test $(RACE) -timeout 14m ./...

quick: ## all tests on both engines, without the race detector
	$(WITH_POSTGRES) $(GO) test -shuffle=on ./...

race: ## all tests on both engines with the race detector, three times over
	KAWU_TEST_REQUIRE=1 GORACE=atexit_sleep_ms=0 $(WITH_POSTGRES) $(GO) test $(RACE) -count=3 -timeout 45m ./...

bench: ## benchmarks
	$(WITH_POSTGRES) $(GO) test -run '^$$' -bench . -benchmem ./...

lint: ## formatting, vet, staticcheck, known vulnerabilities
	scripts/lint

drawings: ## draw the life cycles anew into docs/states
	$(GO) test ./test/shape -run Drawings -update

rules: ## the notices' scenarios on both engines, and docs/rules.md anew
	$(GO) test ./test/rules -count=1 -run Report -update
	$(WITH_POSTGRES) $(GO) test ./test/rules -count=1

rules-mutate: ## change every value of every city, and list the changes that no proof notices
	$(GO) test ./city -count=1 -timeout 30m -run Mutation -mutate -v
	$(GO) test ./test/rules -count=1 -timeout 30m -run Mutation -mutate -v

demo: ## the main job from a spreadsheet to activated cards, then the portals
	$(GO) run ./cmd/kawu demo

pages: ## pictures of all pages, to be looked at, into .cache/pages
	KAWU_SHOTS=$(CURDIR)/.cache/pages $(GO) test ./test/pages -count=1 -run Pictures

fuzz: ## every fuzz target for FUZZTIME (20s)
	scripts/fuzz $(FUZZTIME)

clean: ## remove what was built or made by runs
	rm -rf bin .cache kawu-data
	$(GO) clean -testcache
