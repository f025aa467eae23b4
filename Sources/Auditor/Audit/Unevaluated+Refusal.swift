import Formats
import Rules

extension Unevaluated {
  /// Why a run cannot begin, as gaps that reports can hold: one for each thing that is wrong, each at its place.
  static func refusals(by error: any Error) -> [Unevaluated] {
    switch error {
    case let error as ConfigurationError:
      error.problems.map {
        refusal(at: Location(path: error.path, line: $0.position.line, column: $0.position.column), $0.message)
      }
    case let error as PackLoader.Failure: refusals(by: error)
    case let error as FileError:
      [refusal(at: Location(path: error.path), "cannot \(error.operation.rawValue): \(error.explanation)")]
    case let error as WaiversError:
      error.problems.map {
        refusal(at: Location(path: error.path, line: $0.position.line, column: $0.position.column), $0.message)
      }
    case let error as BaselineError: [refusal(at: Location(path: error.path, line: error.line), error.message)]
    case let error as GitError: [refusal(at: Location(path: "."), "\(error)")]
    default: [refusal(at: Location(path: Configuration.fileName), "\(error)")]
    }
  }

  private static func refusals(by error: PackLoader.Failure) -> [Unevaluated] {
    switch error {
    case .unreadable(let error): refusals(by: error)
    case .empty(let path):
      [refusal(at: Location(path: path), "holds no rule; name a rule pack or a folder of *.yaml rule packs")]
    case .malformed(let error): error.problems.map { refusal(at: $0.location, $0.message) }
    case .failedExamples(let failures):
      failures.map { refusal(at: $0.location, "rule '\($0.ruleID)' does not load: \($0.message)") }
    }
  }

  private static func refusal(at location: Location, _ message: String) -> Unevaluated {
    Unevaluated(area: .configuration, location: location, message: message)
  }
}
