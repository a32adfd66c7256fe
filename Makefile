# The words of this project's build; all of them work on a fresh clone.

.PHONY: check fmt smoke plugins run supply release repository reproducible site reliability reliability-full cluster

# What the continuous integration runs on the first JDK.
check:
	mvn -B -ntp -Pci,tools verify

# Formats all sources.
fmt:
	mvn -q -B -ntp spotless:apply

# A tiny training run through the real command line: train, evaluate, predict.
smoke:
	./numclip --rebuild
	rm -rf runs/smoke
	./numclip train counting --out runs/smoke --set training.epochs=1 \
	  --set task.data.samples='{train: 64, validation: 32, test: 32}'
	./numclip evaluate runs/smoke

# Builds the task plugins and puts them into plugins/.
plugins:
	mvn -q -B -ntp -DskipTests package

# make run ARGS="predict runs/age-1 photo.jpg"
run:
	./numclip $(ARGS)

# Writes the hashes of the libraries that are shipped, after one of them was changed on purpose.
supply:
	rm -rf numclip-runner/target/lib
	mvn -q -B -ntp -DskipTests package
	cd numclip-runner/target/lib && LC_ALL=C sha256sum $$(LC_ALL=C ls | grep -v '^numclip-') >../../../supply/jars.sha256

# The archives of a release in numclip-dist/target, unpacked and run; docs/releasing.md.
release:
	mvn -q -B -ntp -Prelease -DskipTests package
	.ci/release

# The libraries in a signed repository, a folder, and a stranger's project that uses it.
repository:
	.ci/repository

# Two builds of the last commit, compared byte by byte.
reproducible:
	.ci/reproducible

# The pages of docs/ as a book in target/site.
site:
	tools/site/make

# What survives kills, lost power, full disks, hostile files and extreme numbers: what CI runs, and all of it before a release.
reliability:
	mvn -q -B -ntp -DskipTests package
	numclip-reliability/campaign ci

reliability-full:
	mvn -q -B -ntp -DskipTests package
	numclip-reliability/campaign full

# A real cluster of Spark on this machine: kills, every kind of input, against the rows of predict.
cluster:
	numclip-spark/cluster 5000
