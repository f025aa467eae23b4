package import Formats

/// SHA-256 digests of files of any size, read in chunks. Regular files only; symbolic links are followed.
package enum FileDigest {
  /// The digest of a file and how many bytes it has.
  package struct Digested: Sendable, Equatable {
    /// SHA-256 of the content.
    package let digest: Digest
    /// The size that was read.
    package let byteCount: Int
  }

  /// A digest, or why there is none.
  package typealias Answer = Result<Digested, FileError>

  /// The digests of files, in the order of their paths. One that fails does not keep the others from theirs.
  package static func sha256(of paths: [[UInt8]], jobs: Int = 1) -> [Answer] {
    sha256(of: paths, jobs: jobs, into: []) { answers, _, answer in answers.append(answer) }
  }

  /// Takes the digests of files into a state, in the order of their paths and as soon as that allows.
  ///
  /// Each of `jobs` threads reads two files side by side and hashes them interleaved, which on a processor with SHA
  /// extensions is nearly twice as fast as one after the other. Memory does not grow with the files.
  package static func sha256<State: Sendable>(
    of paths: [[UInt8]], jobs: Int, into state: State,
    _ take: @escaping @Sendable (inout State, _ path: [UInt8], _ answer: Answer) -> Void
  ) -> State {
    let answers = InOrder(state) { state, index, answer in take(&state, paths[index], answer) }
    // Where every file can have a thread of its own, two files on one would leave a core idle.
    let laneCount = paths.count > jobs ? 2 : 1
    _ = IndexedWork.run(jobs: jobs, count: paths.count) { indices in
      var first = DigestLane()
      var second = DigestLane()
      repeat {
        first.supply(paths, indices, answers.add)
        if laneCount == 2 { second.supply(paths, indices, answers.add) }
        DigestLane.hash(&first, &second)
      } while first.isBusy || second.isBusy
    }
    return answers.state
  }
}
