// swift-tools-version: 6.2
// The manifest is the architecture diagram: targets bottom-up, arrows point one way (docs/architecture.md).
import PackageDescription

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
]

let kernels: [CSetting] = [
  .treatAllWarnings(as: .error),
  // Comes after SwiftPM's -O0, so debug tests hash and scan at full speed too.
  .unsafeFlags(["-O3"]),
]

// Which commit this is, where the build was told (scripts/release-build.sh); reports of any other build say that they do not know.
let commit = (Context.environment["AUDITOR_COMMIT"] ?? "").filter { $0.isHexDigit || "-modified".contains($0) }
let embedded: [CSetting] =
  [.treatAllWarnings(as: .error)] + (commit.isEmpty ? [] : [.define("AUDITOR_COMMIT", to: "\"\(commit)\"")])

let package = Package(
  name: "auditor",
  products: [
    .executable(name: "auditor", targets: ["AuditorCLI"])
  ],
  targets: [
    // C libraries of the system; Formats/XML and Formats/SQLite are their only importers.
    .systemLibrary(
      name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev", "pkg-config"])]),
    .systemLibrary(
      name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev", "pkg-config"])]),
    // SHA-256 and byte-scanning kernels; SIMD chosen at run time, portable fallback.
    .target(name: "CKernels", cSettings: kernels),
    // Rule packs, rule pages and schemas, embedded at build time (docs/decisions/0002).
    .target(name: "CEmbedded", exclude: ["metaschemas", "capsule"], cSettings: embedded),

    // The languages auditor reads and writes: bytes in, positioned values out. No domain words.
    .target(
      name: "Formats", dependencies: ["CLibXML2", "CSQLite", "CKernels", "CEmbedded"], swiftSettings: strict),
    // Bytes to matches: linear-time regex, many patterns in one pass, code/comment/string classes.
    .target(
      name: "Scanning", dependencies: ["Formats", "CKernels"], exclude: ["Regex/Unicode/generate.py"],
      swiftSettings: strict),
    // What "good" means: facts in, findings and verdicts out. Opens no file, reads no clock.
    .target(name: "Rules", dependencies: ["Scanning", "Formats", "CEmbedded"], swiftSettings: strict),
    // How facts are gathered: tree walk, files, feeds, git, evidence roots.
    .target(name: "Auditor", dependencies: ["Rules", "Scanning", "Formats"], swiftSettings: strict),
    // How results are told and kept: report JSON, JUnit XML, terminal text.
    .target(name: "Reports", dependencies: ["Rules", "Formats"], swiftSettings: strict),
    // The executable: one file a command, no logic.
    .executableTarget(
      name: "AuditorCLI", dependencies: ["Auditor", "Reports", "Rules", "Scanning", "Formats"],
      swiftSettings: strict),

    .testTarget(name: "FormatsTests", dependencies: ["Formats"]),
    .testTarget(name: "ScanningTests", dependencies: ["Scanning", "Formats"]),
    // What several test targets share.
    .target(name: "RealitySamples", dependencies: ["Rules", "Formats"], path: "Tests/Support/RealitySamples"),
    .target(name: "EndToEnd", dependencies: ["Auditor", "Formats"], path: "Tests/Support/EndToEnd"),

    .testTarget(name: "RulesTests", dependencies: ["Rules", "Scanning", "Formats", "RealitySamples"]),
    .testTarget(name: "AuditorTests", dependencies: ["Auditor", "Rules", "Scanning", "Formats"]),
    .testTarget(name: "ReportsTests", dependencies: ["Reports", "Rules", "Formats"]),
    .testTarget(
      name: "CLITests", dependencies: ["AuditorCLI", "Auditor", "Rules", "Formats", "EndToEnd", "RealitySamples"]),
    // Hostile trees, documents and environments: what a run promises whatever it meets (docs/hostile.md).
    .testTarget(
      name: "HostileTests", dependencies: ["AuditorCLI", "Auditor", "Formats", "EndToEnd"], path: "Tests/Hostile"),
    // System calls that fail, signals, full disks, runs at once: the built binary under a library that breaks things.
    .testTarget(
      name: "FaultTests", dependencies: ["AuditorCLI", "Auditor", "Rules", "Formats"], path: "Tests/Fault",
      exclude: ["Shim"]),
    .testTarget(name: "ConformanceTests", dependencies: ["AuditorCLI", "Auditor", "Formats"], exclude: ["suites.txt"]),
  ],
  swiftLanguageModes: [.v6]
)

// `fuzz/run.sh` asks for the fuzz targets. They have libFuzzer's `main`, so they link only with its `--sanitize fuzzer`.
if Context.environment["AUDITOR_FUZZ"] != nil {
  package.targets.append(
    .executableTarget(
      name: "auditor-fuzz", dependencies: ["Auditor", "Reports", "Rules", "Scanning", "Formats"], path: "fuzz/Sources",
      swiftSettings: strict))
}
