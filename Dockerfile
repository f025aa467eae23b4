# The last layer holds the binary and the shared libraries it needs, nothing else.
#   docker build -t auditor . && docker run --rm -v "$PWD:/workspace" auditor audit /workspace
FROM swift:6.3-bookworm AS build
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
RUN apt-get update \
 && apt-get install -y --no-install-recommends libxml2-dev libsqlite3-dev pkg-config \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /source
COPY . .
RUN scripts/release-build.sh \
 && strip "$(scripts/release-build.sh --show-bin-path)/auditor" -o /auditor \
 && mkdir -p /image/usr/bin \
 && cp /auditor /image/usr/bin/auditor \
 && ldd /auditor | awk '/=> \//{print $3} /^\t\//{print $1}' | xargs -I{} cp --dereference --parents {} /image

FROM debian:bookworm-slim AS git
RUN apt-get update \
 && apt-get install -y --no-install-recommends git openssh-client \
 && rm -rf /var/lib/apt/lists/*

# git is run as a program, so it is the base; the last layer is the binary with its libraries.
FROM git
COPY --from=build /image/ /
WORKDIR /workspace
ENTRYPOINT ["/usr/bin/auditor"]
CMD ["--help"]
