extension SHA256 {
  /// Feeds two hashers at once. On the hardware kernel the blocks that both have are compressed interleaved, which
  /// nearly doubles what one core hashes; whatever one has more of follows alone. The digests are those of two separate
  /// updates. The two spans may be the same bytes: a file's own digest and a running one over all files, in one pass.
  public static func updatePair(
    _ first: inout SHA256, _ firstBytes: Span<UInt8>, _ second: inout SHA256, _ secondBytes: Span<UInt8>
  ) {
    guard first.kernel == .hardware, second.kernel == .hardware else {
      first.update(firstBytes)
      second.update(secondBytes)
      return
    }
    first.byteCount &+= UInt64(firstBytes.count)
    second.byteCount &+= UInt64(secondBytes.count)
    let firstRest = firstBytes.extracting(first.fillPending(from: firstBytes)...)
    let secondRest = secondBytes.extracting(second.fillPending(from: secondBytes)...)
    compressBlocks(&first.state, firstRest, &second.state, secondRest)
    first.keep(firstRest.extracting((firstRest.count / blockSize * blockSize)...))
    second.keep(secondRest.extracting((secondRest.count / blockSize * blockSize)...))
  }

  /// The digests of two hashers, their last blocks interleaved where the hardware kernel runs.
  public static func finalizePair(_ first: SHA256, _ second: SHA256) -> (Digest, Digest) {
    guard first.kernel == .hardware, second.kernel == .hardware else { return (first.finalize(), second.finalize()) }
    var (firstState, secondState) = (first.state, second.state)
    let (firstTail, secondTail) = (first.tail(), second.tail())
    compressBlocks(&firstState, firstTail.span, &secondState, secondTail.span)
    return (Digest(state: firstState), Digest(state: secondState))
  }

  /// The digests of two byte sequences in memory, at once.
  public static func digestPair(_ first: Span<UInt8>, _ second: Span<UInt8>) -> (Digest, Digest) {
    var (firstHasher, secondHasher) = (SHA256(), SHA256())
    updatePair(&firstHasher, first, &secondHasher, second)
    return finalizePair(firstHasher, secondHasher)
  }

  /// Compresses all whole blocks of two streams: those that both have in pairs, the others one by one.
  private static func compressBlocks(
    _ first: inout InlineArray<8, UInt32>, _ firstData: Span<UInt8>, _ second: inout InlineArray<8, UInt32>,
    _ secondData: Span<UInt8>
  ) {
    let (firstBlocks, secondBlocks) = (firstData.count / blockSize, secondData.count / blockSize)
    let shared = min(firstBlocks, secondBlocks)
    if shared > 0 { Kernel.compressPair(&first, firstData, &second, secondData, blocks: shared) }
    if firstBlocks > shared {
      let rest = firstData.extracting((shared * blockSize)...)
      Kernel.hardware.compress(&first, rest, blocks: firstBlocks - shared)
    }
    if secondBlocks > shared {
      let rest = secondData.extracting((shared * blockSize)...)
      Kernel.hardware.compress(&second, rest, blocks: secondBlocks - shared)
    }
  }
}
