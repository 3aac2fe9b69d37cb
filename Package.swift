// swift-tools-version: 6.2
import PackageDescription

// The house of docs/architecture.md: arrows point down only, pure rooms import no libc.
let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

// Warnings are errors in C as well; dependencies are not affected.
let strictC: [CSetting] = [.treatAllWarnings(as: .error)]

let package = Package(
  name: "seccomp-crosscheck",
  products: [
    .executable(name: "crosscheck", targets: ["crosscheck"]),
    .library(name: "SeccompModel", targets: ["SeccompModel"]),
    .library(name: "ClassicBPF", targets: ["ClassicBPF"]),
    .library(name: "Profiles", targets: ["Profiles"]),
    .library(name: "Prediction", targets: ["Prediction"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/HdrHistogram/hdrhistogram-swift", from: "0.2.0"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
  ],
  targets: [
    // Pure rooms.
    .target(name: "SeccompModel", swiftSettings: strict),
    .target(name: "ClassicBPF", dependencies: ["SeccompModel"], swiftSettings: strict),
    .target(name: "Profiles", dependencies: ["SeccompModel"], swiftSettings: strict),
    .target(name: "Scripts", dependencies: ["SeccompModel", "ClassicBPF"], swiftSettings: strict),
    .target(
      name: "Prediction", dependencies: ["SeccompModel", "ClassicBPF", "Profiles", "Scripts"],
      swiftSettings: strict),
    .target(
      name: "Generation", dependencies: ["SeccompModel", "ClassicBPF", "Profiles", "Scripts", "Prediction"],
      swiftSettings: strict),

    // Effects.
    .target(name: "ProfileFiles", dependencies: ["Profiles"], swiftSettings: strict),
    .target(
      name: "PodFiles",
      dependencies: ["Profiles", "ProfileFiles", .product(name: "Yams", package: "Yams")],
      swiftSettings: strict),
    .systemLibrary(name: "CSeccomp", pkgConfig: "libseccomp", providers: [.apt(["libseccomp-dev"])]),
    .systemLibrary(name: "CZ3", pkgConfig: "z3", providers: [.apt(["libz3-dev"])]),
    .target(
      name: "Proving", dependencies: ["SeccompModel", "ClassicBPF", "Profiles", "Prediction", "CZ3"],
      swiftSettings: strict),
    .systemLibrary(name: "CSeccompTypes", providers: [.apt(["libseccomp-dev"])]),
    .systemLibrary(name: "CProbeProtocol", path: "Probes/protocol"),
    .target(name: "CLinux", cSettings: strictC),
    .target(name: "SiblingPrograms", dependencies: ["CLinux"], swiftSettings: strict),
    .target(
      name: "Compilation",
      dependencies: ["SeccompModel", "ClassicBPF", "Profiles", "CLinux", "SiblingPrograms"],
      swiftSettings: strict),
    .executableTarget(
      name: "crosscheck-compiler",
      dependencies: ["CSeccompTypes", "CLinux"],
      path: "Sources/CrosscheckCompiler", swiftSettings: strict),
    .target(
      name: "Probing",
      dependencies: [
        "SeccompModel", "ClassicBPF", "Prediction", "Scripts", "CLinux", "CProbeProtocol", "SiblingPrograms",
      ],
      swiftSettings: strict,
      plugins: ["BuildProbe"]),
    .plugin(name: "BuildProbe", capability: .buildTool()),
    .executableTarget(
      name: "crosscheck-guardian", dependencies: ["CLinux"], path: "Sources/CrosscheckGuardian",
      cSettings: strictC),
    .executableTarget(
      name: "crosscheck-counter", dependencies: ["CLinux"], path: "Sources/CrosscheckCounter",
      cSettings: strictC),
    .target(
      name: "Targets",
      dependencies: ["SeccompModel", "ClassicBPF", "Profiles", "CLinux", "SiblingPrograms"],
      swiftSettings: strict),

    .target(
      name: "Conformance",
      dependencies: [
        "SeccompModel", "ClassicBPF", "Profiles", "ProfileFiles", "CLinux", "Targets", "Scripts",
        "Prediction",
        "Probing",
      ],
      swiftSettings: strict),

    .target(
      name: "Overhead",
      dependencies: [
        "SeccompModel", "ClassicBPF", "Profiles", "ProfileFiles", "Prediction", "Probing", "Targets",
        "CLinux",
        "SiblingPrograms", .product(name: "Histogram", package: "hdrhistogram-swift"),
      ],
      swiftSettings: strict),

    // The rooms people see.
    .target(
      name: "Campaign",
      dependencies: [
        "SeccompModel", "ClassicBPF", "Profiles", "Prediction", "Generation", "Compilation",
        "Proving", "Probing", "Scripts", "Targets", "CLinux",
      ],
      swiftSettings: strict),
    .target(
      name: "Reporting",
      dependencies: [
        "SeccompModel", "ClassicBPF", "Profiles", "Prediction", "Generation", "Campaign", "Targets",
        "PodFiles", "Conformance", "Proving", "Overhead",
        .product(name: "Mustache", package: "swift-mustache"),
      ],
      swiftSettings: strict),
    .executableTarget(
      name: "crosscheck",
      dependencies: [
        "Campaign", "Reporting", "Profiles", "ProfileFiles", "PodFiles", "ClassicBPF", "SeccompModel",
        "Generation",
        "Compilation", "Probing", "Targets", "Conformance", "Proving", "Overhead",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),

    // Measurement: scripts/benchmark.
    .executableTarget(
      name: "crosscheck-bare-loop", path: "Sources/CBareLoop",
      cSettings: strictC),
    .executableTarget(
      name: "crosscheck-benchmark",
      dependencies: [
        "Campaign", "Compilation", "Probing", "Generation", "Prediction", "ProfileFiles", "Profiles",
        "ClassicBPF", "SeccompModel", "CLinux", "SiblingPrograms",
      ],
      path: "Sources/Benchmark", swiftSettings: strict),
    // Proofs against samples: scripts/proof-samples.
    .executableTarget(
      name: "crosscheck-proof-samples",
      dependencies: ["Campaign", "Generation", "ProfileFiles", "Profiles"],
      path: "Sources/ProofSamples", swiftSettings: strict),

    .executableTarget(
      name: "crosscheck-overhead-trials", dependencies: ["Overhead"], path: "Sources/OverheadTrials",
      swiftSettings: strict),

    .testTarget(
      name: "SeccompModelTests", dependencies: ["SeccompModel", "CSeccomp"], swiftSettings: strict),
    .testTarget(
      name: "ClassicBPFTests", dependencies: ["ClassicBPF", "SeccompModel"], swiftSettings: strict),
    .testTarget(
      name: "ProfilesTests", dependencies: ["Profiles", "ProfileFiles", "SeccompModel"], swiftSettings: strict
    ),
    .testTarget(
      name: "PodFilesTests", dependencies: ["PodFiles", "Profiles", "ProfileFiles", "SeccompModel"],
      swiftSettings: strict),
    .testTarget(
      name: "PredictionTests",
      dependencies: ["Prediction", "Profiles", "ClassicBPF", "SeccompModel", "Scripts"],
      swiftSettings: strict),
    .testTarget(
      name: "ProvingTests",
      dependencies: [
        "Proving", "CZ3", "Prediction", "Profiles", "ProfileFiles", "ClassicBPF", "SeccompModel",
        "Compilation", "Generation", "Campaign", "crosscheck-compiler",
      ], swiftSettings: strict),
    .testTarget(
      name: "GenerationTests",
      dependencies: ["Generation", "Profiles", "ClassicBPF", "SeccompModel", "Scripts", "Prediction"],
      swiftSettings: strict),
    .testTarget(
      name: "CompilationTests",
      dependencies: [
        "Compilation", "Profiles", "ClassicBPF", "SeccompModel", "CLinux", "crosscheck-compiler",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "ProbingTests",
      dependencies: ["Probing", "Prediction", "Scripts", "ClassicBPF", "SeccompModel", "CProbeProtocol"],
      swiftSettings: strict),
    .testTarget(
      name: "TargetsTests",
      dependencies: ["Targets", "ClassicBPF", "SeccompModel", "Profiles", "CLinux", "crosscheck-guardian"],
      swiftSettings: strict),
    .testTarget(
      name: "ConformanceTests",
      dependencies: [
        "Conformance", "Prediction", "ClassicBPF", "Profiles", "SeccompModel", "Scripts", "Probing",
        "Targets",
        "crosscheck-guardian",
      ], swiftSettings: strict),
    .testTarget(
      name: "CampaignTests",
      dependencies: [
        "Campaign", "Generation", "Prediction", "Profiles", "ProfileFiles", "ClassicBPF", "SeccompModel",
        "Probing", "CProbeProtocol", "Compilation", "Proving", "crosscheck-compiler", "Scripts",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "OverheadTests",
      dependencies: [
        "Overhead", "Probing", "Profiles", "ClassicBPF", "SeccompModel", "crosscheck-guardian",
        "crosscheck-counter",
      ], swiftSettings: strict),
    .testTarget(
      name: "ReportingTests",
      dependencies: [
        "Reporting", "Campaign", "Conformance", "Generation", "Profiles", "SeccompModel", "ClassicBPF",
        "Overhead", "Targets",
      ], exclude: ["Snapshots"],
      swiftSettings: strict),
    .testTarget(
      name: "crosscheckTests",
      dependencies: [
        "crosscheck", "crosscheck-compiler", "crosscheck-guardian", "Campaign", "Profiles", "ClassicBPF",
        "SeccompModel", "Targets",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Subprocess", package: "swift-subprocess"),
      ],
      exclude: ["Snapshots"], swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)
