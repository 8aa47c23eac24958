# The build is Maven's; this file holds the short names, and finds a JDK that can build.
# ARGS is passed on: make bench ARGS='--variants epoll -c 1k'

mvnw = JAVA_HOME=$$(cli/src/main/launcher/find-jdk javac) && export JAVA_HOME && ./mvnw
# Warnings, which are errors here, are still shown.
quiet = -Dorg.slf4j.simpleLogger.defaultLogLevel=warn
package = $(mvnw) $(quiet) -Dmaven.test.skip=true package

.DEFAULT_GOAL := help
.PHONY: help build test truth bench bench-servers bench-loadgen profile-servers bench-gate dist check-dist install uninstall jmh format clean

help: ## list these targets
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 16

build: ## compile and package, without tests: cli/target/myriad
	$(package)

test: ## build and pass all tests and checks
	$(mvnw) verify $(ARGS)

# One test at a time: what is measured here is spoiled by anything else that runs.
truth: ## hold what is reported against packets, fixed delays and arithmetic; minutes, on a quiet machine
	$(mvnw) verify -pl cli -am -Dmyriad.truth=true -Dtest='TruthTest,ScheduleTest' -Dit.test='PacketTimesIT,FixedDelayIT' \
	  -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false $(ARGS)

# Exit code 4 says that rows are INVALID, which a busy machine brings about; the table is made all the same.
bench: ## build, then compare all variants at 100, 1,000 and 10,000 connections, in two to three minutes
	$(package)
	cli/target/myriad bench $(ARGS) || [ $$? -eq 4 ]

bench-servers: ## build, then measure the servers against one in C; needs gcc
	$(package)
	JAVA_HOME=$$(cli/src/main/launcher/find-jdk javac) server-variants/src/yardstick/bench-servers $(ARGS)

profile-servers: ## build, then sample where a message's CPU time goes, in C and in the servers ARGS names; needs gcc and perf
	$(package)
	JAVA_HOME=$$(cli/src/main/launcher/find-jdk javac) server-variants/src/yardstick/profile-server $(ARGS)

bench-loadgen: ## build, then measure the load generator against a client in C; needs gcc
	$(package)
	JAVA_HOME=$$(cli/src/main/launcher/find-jdk javac) loadgen/src/yardstick/bench-loadgen $(ARGS)

bench-gate: ## build, then prove the gate on servers made slower on purpose, in about 15 minutes; needs gcc; ARGS is how many gates
	$(package)
	cli/src/bench/bench-gate $(ARGS)

dist: ## make cli/target/dist/myriad-*.tar.gz, which runs where there is no Java
	$(package) -P dist
	JAVA_HOME=$$(cli/src/main/launcher/find-jdk javac) cli/src/dist/make-dist

check-dist: ## make the distribution twice from clean, compare, and try it out without a Java
	JAVA_HOME=$$(cli/src/main/launcher/find-jdk javac) MAKE='$(MAKE)' cli/src/dist/check-dist

PREFIX ?= /usr/local
install: dist ## install the distribution: PREFIX=/usr/local, and DESTDIR
	DESTDIR='$(DESTDIR)' cli/target/dist/myriad-*/install '$(PREFIX)'

uninstall: ## take away what install has brought
	DESTDIR='$(DESTDIR)' cli/src/dist/install --remove '$(PREFIX)'

jmh: ## run the micro-benchmarks; ARGS is JMH's: make jmh MODULE=loadgen ARGS='-f 1 write64'
	$(mvnw) $(quiet) $(if $(MODULE),-pl $(MODULE) -am) -P jmh -Djmh.args="$(ARGS)" process-test-classes

format: ## format the Java sources
	$(mvnw) $(quiet) spotless:apply

clean: ## remove what the build made; results/runs stays
	$(mvnw) $(quiet) clean
