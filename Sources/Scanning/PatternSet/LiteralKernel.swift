import CKernels

/// The code that looks for literals. All find the same; tests run them against each other.
public enum LiteralKernel: Sendable, CaseIterable {
  /// An automaton in plain C, everywhere.
  case portable
  /// 16 places at a time, on x86-64 processors with SSSE3.
  case ssse3
  /// 32 places at a time, on x86-64 processors with AVX2.
  case avx2

  /// Whether this machine can run the kernel.
  public var isAvailable: Bool {
    switch self {
    case .portable: true
    case .ssse3: ck_has_ssse3() != 0
    case .avx2: ck_has_avx2() != 0
    }
  }

  /// The best kernel that this machine can run.
  public static let fastest: LiteralKernel = [.avx2, .ssse3].first(where: \.isAvailable) ?? .portable
}
