import CKernels

extension SHA256 {
  /// The code that compresses blocks. Both give the same digests; tests run them against each other.
  public enum Kernel: Sendable, CaseIterable {
    /// Plain C, everywhere.
    case portable
    /// The SHA extensions of x86-64 processors, about six times as fast.
    case hardware

    private static let hasExtensions = ck_has_sha_extensions() != 0

    /// Whether this machine can run the kernel.
    public var isAvailable: Bool {
      switch self {
      case .portable: true
      case .hardware: Self.hasExtensions
      }
    }

    /// The best kernel that this machine can run.
    public static var fastest: Kernel { hasExtensions ? .hardware : .portable }

    /// Folds the first `blocks` blocks of `data`, which holds at least as many, into `state`.
    func compress(_ state: inout InlineArray<8, UInt32>, _ data: Span<UInt8>, blocks: Int) {
      var words = state.mutableSpan
      unsafe words.withUnsafeMutableBufferPointer { words in
        unsafe data.withUnsafeBufferPointer { data in
          guard let words = words.baseAddress, let data = data.baseAddress else { return }
          switch self {
          case .portable: unsafe ck_sha256_portable(words, data, blocks)
          case .hardware: unsafe ck_sha256_hardware(words, data, blocks)
          }
        }
      }
    }

    /// Folds `blocks` blocks of each of two streams into their states, interleaved. Only the hardware kernel can: the
    /// caller checks.
    static func compressPair(
      _ first: inout InlineArray<8, UInt32>, _ firstData: Span<UInt8>, _ second: inout InlineArray<8, UInt32>,
      _ secondData: Span<UInt8>, blocks: Int
    ) {
      var firstWords = first.mutableSpan
      var secondWords = second.mutableSpan
      unsafe firstWords.withUnsafeMutableBufferPointer { firstWords in
        unsafe secondWords.withUnsafeMutableBufferPointer { secondWords in
          unsafe firstData.withUnsafeBufferPointer { firstData in
            unsafe secondData.withUnsafeBufferPointer { secondData in
              guard let firstWords = firstWords.baseAddress, let secondWords = secondWords.baseAddress,
                let firstData = firstData.baseAddress, let secondData = secondData.baseAddress
              else { return }
              unsafe ck_sha256_hardware_pair(firstWords, firstData, secondWords, secondData, blocks)
            }
          }
        }
      }
    }
  }
}
